using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using Skifteportal.Model;

namespace Skifteportal
{
    /// <summary>
    /// What the exceptions of .NET mean. The question behind it is whether the request may have arrived; where
    /// nothing says that it did not, it may have.
    /// </summary>
    internal static class TransportFailures
    {
        /// <summary>TLS alerts with which a server refuses a client certificate, or the lack of one.</summary>
        private static readonly string[] Refusals =
        {
            "bad certificate", "certificate required", "unknown ca", "certificate expired",
            "certificate revoked", "certificate unknown", "unsupported certificate", "access denied",
            "handshake failure",
        };

        /// <summary>The same as Windows tells them.</summary>
        private static readonly uint[] RefusalsOfWindows =
        {
            0x80090325, 0x80090327, 0x80090328, 0x80090326, 0x8009035D, 0x80092010,
        };

        internal static TransportFailure Of(Exception error)
        {
            var causes = Causes(error).Take(20).ToList();
            return causes.Select(Known).FirstOrDefault(known => known != null)
                ?? new TransportFailure.Broken(Words(causes.Last()));
        }

        private static IEnumerable<Exception> Causes(Exception error)
        {
            for (Exception? cause = error; cause != null; cause = cause.InnerException)
            {
                yield return cause;
            }
        }

        private static TransportFailure? Known(Exception error)
        {
            switch (error)
            {
                case HttpRequestException http:
                    // A socket's trouble directly below is that of connecting; later ones are an IOException's.
                    return http.InnerException is SocketException socket ? Connecting(socket) : null;
                case AuthenticationException tls:
                    return Handshake(tls);
                case WebException web:
                    return OfFramework(web);
                case TimeoutException timeout when timeout.Message.IndexOf("ConnectTimeout", StringComparison.Ordinal) >= 0:
                    return TransportFailure.ConnectTimedOut;
                case Win32Exception windows when Array.IndexOf(RefusalsOfWindows, (uint)windows.NativeErrorCode) >= 0:
                    return new TransportFailure.TlsRefused(Words(windows));
                default:
                    // With TLS 1.3 a server refuses a certificate when the handshake seems to be over.
                    return Mentions(error, "alert") && IsRefusal(error)
                        ? new TransportFailure.TlsRefused(Words(error))
                        : null;
            }
        }

        private static TransportFailure Connecting(SocketException socket)
        {
            return socket.SocketErrorCode == SocketError.TimedOut
                ? TransportFailure.ConnectTimedOut
                : new TransportFailure.ConnectFailed(Words(socket));
        }

        private static TransportFailure Handshake(AuthenticationException tls)
        {
            var causes = Causes(tls).ToList();
            if (causes.Any(IsRefusal) || causes.OfType<Win32Exception>().Any(w => Known(w) != null))
            {
                return new TransportFailure.TlsRefused(Words(causes.Last()));
            }
            bool ours = tls.InnerException == null && Mentions(tls, "certificate");
            return ours
                ? new TransportFailure.ServerCertificateInvalid(Words(tls))
                // A handshake that failed sent nothing, but does not say over what.
                : (TransportFailure)new TransportFailure.ConnectFailed(Words(causes.Last()));
        }

        private static TransportFailure? OfFramework(WebException web)
        {
            switch (web.Status)
            {
                case WebExceptionStatus.NameResolutionFailure:
                case WebExceptionStatus.ProxyNameResolutionFailure:
                case WebExceptionStatus.ConnectFailure:
                    return new TransportFailure.ConnectFailed(web.Status.ToString());
                case WebExceptionStatus.TrustFailure:
                    return new TransportFailure.ServerCertificateInvalid(web.Status.ToString());
                case WebExceptionStatus.SecureChannelFailure:
                    return new TransportFailure.TlsRefused(web.Status.ToString());
                case WebExceptionStatus.Timeout:
                    return TransportFailure.TimedOut;
                default:
                    return null;
            }
        }

        private static bool IsRefusal(Exception error) => Refusals.Any(word => Mentions(error, word));

        private static bool Mentions(Exception error, string word)
        {
            return error.Message.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0;
        }

        private static string Words(Exception error)
        {
            return error is IOException || error is SocketException || error is HttpRequestException
                || error is AuthenticationException || error is Win32Exception
                ? error.GetType().Name + ": " + error.Message
                : error.GetType().Name;
        }
    }
}
