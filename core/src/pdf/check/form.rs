//! An XFA form: its packets put together, and what is in them.

use super::super::filter::End;
use super::super::limits::Limit;
use super::super::value::{Dict, Value};
use super::super::Kind;
use super::at::At;
use super::excerpt::excerpt;
use super::walk::{Checker, Cx};
use super::xfa;

/// One packet of a form.
struct Packet {
    /// Where it begins in the form.
    start: usize,
    /// Its place in the array.
    index: usize,
    /// Its stream.
    entry: Option<usize>,
}

/// The packets of a form, put together.
#[derive(Default)]
struct Packets {
    form: Vec<u8>,
    starts: Vec<Packet>,
    /// They grow beyond the limit when they are unpacked.
    bomb: bool,
}

impl Checker<'_, '_> {
    /// Looks at the XFA form that a dictionary holds.
    pub(super) fn xfa(&mut self, dict: &Dict, at: &At<'_>, cx: Cx) {
        let Some(value) = dict.get("XFA").and_then(|value| self.resolve(value)) else {
            return;
        };
        let items = value.as_array();
        if items.is_some_and(<[Value]>::is_empty) || cx.only_auto {
            return;
        }
        let at = at.key(b"XFA");
        self.emit(Kind::Xfa, cx, &at, || None);
        if self.dry || self.doc.locked() {
            return;
        }
        let mut packets = Packets::default();
        match items {
            // A lone packet without its name.
            Some([packet]) => self.packet(packet, 0, &mut packets),
            Some(items) => {
                for (index, packet) in items.iter().enumerate().skip(1).step_by(2) {
                    self.packet(packet, index, &mut packets);
                }
            }
            None => self.packet(dict.get("XFA").unwrap_or(&Value::Null), 0, &mut packets),
        }
        self.packets
            .extend(packets.starts.iter().filter_map(|packet| packet.entry));
        if packets.bomb {
            self.bomb = true;
            let cx = self.of_packet(cx, packets.starts.last());
            self.emit(Kind::DecompressionBomb, cx, &at, || None);
        }
        self.budget().work(packets.form.len() as u64);
        let found = xfa::look(&packets.form);
        for (kind, place) in [
            (Kind::JavaScript, found.script),
            (Kind::SubmitForm, found.submit),
        ] {
            let Some(place) = place else {
                continue;
            };
            let packet = packets
                .starts
                .iter()
                .rev()
                .find(|packet| packet.start <= place);
            let inner = at.index(packet.map_or(0, |packet| packet.index));
            let cx = self.of_packet(cx, packet);
            let at = if items.is_some() { &inner } else { &at };
            let text = (kind == Kind::JavaScript).then(|| xfa::script_text(&packets.form, place));
            self.emit(kind, cx, at, || text.and_then(excerpt));
        }
    }

    /// The context of a packet, which is an object of its own.
    fn of_packet(&self, cx: Cx, packet: Option<&Packet>) -> Cx {
        let spot = match packet.and_then(|packet| packet.entry) {
            Some(entry) => self.spot(entry, cx.spot.page, cx.spot.presence),
            None => cx.spot,
        };
        Cx { spot, ..cx }
    }

    fn packet(&self, packet: &Value, index: usize, packets: &mut Packets) {
        let Some(packet) = self.resolve(packet).filter(|_| !packets.bomb) else {
            return;
        };
        packets.starts.push(Packet {
            start: packets.form.len(),
            index,
            entry: packet.object().map(|object| object.entry),
        });
        if let Value::Text(text) = &*packet {
            packets.form.extend(xfa::narrow(text.to_vec()));
        } else if let Some(object) = packet.object().filter(|object| object.stream.is_some()) {
            let unpacked = self.doc.unpack(object);
            packets.bomb = unpacked.end == End::Limited;
            packets.form.extend(xfa::narrow(unpacked.data));
        }
        // The same packet may be named again and again.
        if packets.form.len() as u64 > self.budget().limits().unpacked_stream {
            self.budget().reach(Limit::Unpacked);
            packets.bomb = true;
        }
    }
}
