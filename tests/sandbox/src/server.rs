//! The three hosts: connections, TLS, faults, the log.

use std::convert::Infallible;
use std::future::{pending, Future as _};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use http_body_util::BodyExt as _;
use hyper::body::{Body as HttpBody, Frame, Incoming};
use hyper::header::{
    HeaderValue, CONTENT_LENGTH, CONTENT_TYPE, DATE, RETRY_AFTER, TRANSFER_ENCODING,
};
use hyper::service::service_fn;
use hyper::{Request, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::AsyncReadExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{watch, Notify};
use tokio::time::{sleep, timeout, Sleep};
use tokio_rustls::TlsAcceptor;

use crate::fault::{Fault, Host};
use crate::request_log::{masked, query_names, time_of_day, LoggedRequest, Who};
use crate::shared::{InHand, Shared};
use crate::{api_host, sts};

/// The certificate that the client showed, DER; a request extension.
#[derive(Clone, Debug)]
pub(crate) struct PeerCertificate(pub(crate) Option<Vec<u8>>);

/// How long a client may take for the handshake.
const HANDSHAKE_LIMIT: Duration = Duration::from_secs(10);

/// Accepts connections until the sandbox stops.
pub(crate) async fn serve(
    host: Host,
    listener: TcpListener,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stop.changed() => return,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file handles, most likely: others will be closed.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        tokio::spawn(connection(host, stream, Arc::clone(&shared), stop.clone()));
    }
}

async fn connection(
    host: Host,
    stream: TcpStream,
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let mut changes = shared.certificates.changes();
    let acceptor = TlsAcceptor::from(shared.certificates.config(host));
    let handshake = timeout(HANDSHAKE_LIMIT, acceptor.accept(stream).into_fallible());
    let tls = match handshake.await {
        Ok(Ok(tls)) => tls,
        Ok(Err((problem, stream))) => {
            shared.log.handshake(host, problem.to_string());
            drain(stream).await;
            return;
        }
        Err(_) => {
            shared
                .log
                .handshake(host, "the client did not finish it in time".to_owned());
            return;
        }
    };
    let certificates = tls.get_ref().1.peer_certificates();
    let leaf = certificates
        .and_then(|chain| chain.first())
        .map(|der| der.to_vec());
    let peer = PeerCertificate(leaf);
    let cut = Arc::new(Notify::new());
    let service = service_fn(|request: Request<Incoming>| {
        let (shared, cut, peer) = (Arc::clone(&shared), Arc::clone(&cut), peer.clone());
        let in_hand = InHand::begin(&shared);
        // In a task of its own: what has arrived is handled to its end, also when the client has
        // lost its patience. That is how a krav is filed of which the client knows nothing.
        let work = tokio::spawn(async move {
            let answered = answer(host, &shared, request.map(Body::new), peer).await;
            drop(in_hand);
            answered
        });
        async move {
            if let Ok(Some(response)) = work.await {
                return Ok::<_, Infallible>(response);
            }
            cut.notify_one();
            pending().await
        }
    });
    let builder = Builder::new(TokioExecutor::new());
    let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(tls), service));
    loop {
        tokio::select! {
            _ = connection.as_mut() => return,
            () = cut.notified() => return,
            _ = stop.changed() => return,
            switched = changes.changed() => match switched {
                Ok(()) => connection.as_mut().graceful_shutdown(),
                Err(_) => return,
            },
        }
    }
}

/// Reads what the client still sends until it closes, so that it finds the TLS alert and not a reset. By
/// TLS 1.3 it may be about to send a request when it is refused.
async fn drain(mut stream: TcpStream) {
    let mut buffer = [0; 4096];
    let rest = async { while matches!(stream.read(&mut buffer).await, Ok(count) if count > 0) {} };
    let _ = timeout(HANDSHAKE_LIMIT, rest).await;
}

/// What became of a request.
struct Outcome {
    /// Who the handler found behind it.
    who: Option<String>,
    /// Whether a handler saw it.
    processed: bool,
    /// The answer; `None` when the connection is to be cut.
    response: Option<Response>,
}

impl Outcome {
    fn unseen(response: Option<Response>) -> Self {
        Self {
            who: None,
            processed: false,
            response,
        }
    }
}

/// Answers a request and logs it; `None` when the connection is to be cut.
async fn answer(
    host: Host,
    shared: &Shared,
    mut request: Request<Body>,
    peer: PeerCertificate,
) -> Option<Response> {
    let (start, time) = (Instant::now(), time_of_day());
    let method = request.method().to_string();
    let path = request.uri().path().to_owned();
    let query = query_names(request.uri().query());
    let fault = shared.faults.take(host, &method, &path);
    let fault_name = fault.as_ref().map(Fault::name);
    request.extensions_mut().insert(peer);

    let outcome = with_fault(host, shared, request, fault).await;
    shared.log.request(LoggedRequest {
        time,
        host,
        method,
        path: masked(&path),
        query,
        status: outcome
            .response
            .as_ref()
            .map(|response| response.status().as_u16()),
        caller: outcome.who,
        fault: fault_name,
        processed: outcome.processed,
        milliseconds: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
    });
    let mut response = outcome.response?;
    let now = std::time::SystemTime::from(shared.clock.now());
    if let Ok(value) = HeaderValue::from_str(&httpdate::fmt_http_date(now)) {
        response.headers_mut().insert(DATE, value);
    }
    Some(response)
}

/// Reads a body that nobody wants: a client that still sends it would find a broken connection in
/// place of the answer.
pub(crate) async fn read_to_end(mut body: Body) {
    while let Some(Ok(_)) = body.frame().await {}
}

async fn dispatch(
    host: Host,
    shared: &Shared,
    request: Request<Body>,
) -> (Option<String>, Response) {
    let response = match host {
        Host::Sysauth => sts::handle(shared, request).await,
        Host::Auth => sts::exchange::handle(shared, request).await,
        Host::Api => api_host::handle(shared, request).await,
    };
    (
        response
            .extensions()
            .get::<Who>()
            .map(|Who(text)| text.clone()),
        response,
    )
}

async fn with_fault(
    host: Host,
    shared: &Shared,
    request: Request<Body>,
    fault: Option<Fault>,
) -> Outcome {
    match &fault {
        Some(Fault::DropBefore) => return Outcome::unseen(None),
        Some(Fault::Html502) => {
            read_to_end(request.into_body()).await;
            return Outcome::unseen(Some(proxy_page()));
        }
        Some(
            fault @ Fault::Status {
                after_processing: false,
                ..
            },
        ) => {
            read_to_end(request.into_body()).await;
            return Outcome::unseen(Some(status_answer(fault)));
        }
        Some(Fault::Latency { ms }) => sleep(Duration::from_millis(*ms)).await,
        _ => {}
    }
    let (who, response) = dispatch(host, shared, request).await;
    let response = match &fault {
        Some(Fault::DropAfterProcessing) => None,
        Some(fault @ Fault::Status { .. }) => Some(status_answer(fault)),
        Some(Fault::Truncate) => truncated(response).await,
        Some(Fault::Garbage) => Some(garbage(response)),
        _ => Some(response),
    };
    Outcome {
        who,
        processed: true,
        response,
    }
}

fn status_answer(fault: &Fault) -> Response {
    let Fault::Status {
        status,
        retry_after,
        body,
        content_type,
        ..
    } = fault
    else {
        return Response::default();
    };
    let mut response = Response::new(Body::from(body.clone().unwrap_or_default()));
    *response.status_mut() = StatusCode::from_u16(*status).unwrap_or(StatusCode::IM_A_TEAPOT);
    let mut insert = |name, value: Option<&str>| {
        if let Some(value) = value.and_then(|text| HeaderValue::from_str(text).ok()) {
            response.headers_mut().insert(name, value);
        }
    };
    insert(RETRY_AFTER, retry_after.as_deref());
    if body.is_some() {
        insert(
            CONTENT_TYPE,
            Some(content_type.as_deref().unwrap_or("application/json")),
        );
    }
    response
}

fn proxy_page() -> Response {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
                <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
    response
}

/// The same status and headers with 64 bytes that mean nothing.
fn garbage(response: Response) -> Response {
    let mut bytes = vec![0; 64];
    // No text at all and no JSON: the first byte begins no UTF-8 sequence.
    let _ = aws_lc_rs::rand::fill(&mut bytes);
    if let Some(first) = bytes.first_mut() {
        *first = 0xff;
    }
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(TRANSFER_ENCODING);
    Response::from_parts(parts, Body::from(bytes))
}

/// The same answer, of whose body only the first half will arrive; `None` when there is no body.
async fn truncated(response: Response) -> Option<Response> {
    let (mut parts, body) = response.into_parts();
    let whole = body.collect().await.ok()?.to_bytes();
    if whole.is_empty() {
        return None;
    }
    parts.headers.insert(CONTENT_LENGTH, whole.len().into());
    let half = whole.slice(..whole.len() / 2);
    Some(Response::from_parts(
        parts,
        Body::new(Truncated {
            half: Some(half),
            pause: None,
        }),
    ))
}

/// A body that fails after what it holds.
struct Truncated {
    half: Option<Bytes>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl HttpBody for Truncated {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        // A pause, so that headers and the first half are sent before the connection ends.
        let pause = self
            .pause
            .get_or_insert_with(|| Box::pin(sleep(Duration::from_millis(50))));
        pause.as_mut().poll(context).map(|()| {
            Some(Err(std::io::Error::other(
                "the sandbox was asked to cut this answer short",
            )))
        })
    }
}
