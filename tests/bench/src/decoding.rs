//! An answer of 10,000 krav into types, and beside it into an untyped value.

use serde_json::Value;
use skifteportal::model::{from_json, to_json, Krav};

use crate::fixture::KRAV;
use crate::memory::{count, Memory};
use crate::table::{bytes, time, Table};
use crate::timing::measure;
use crate::Outcome;

const COUNT: u32 = 10_000;

pub(crate) fn run(table: &mut Table) -> Outcome {
    table.section("A getAllKrav answer of 10,000 krav");
    let with_receipt: Value = serde_json::from_str(KRAV)?;
    let mut without = with_receipt.clone();
    if let Some(members) = without.as_object_mut() {
        members.shift_remove("kvittering");
    }
    let mut unknown = without.clone();
    for number in 1..=3 {
        unknown[format!("ukendt{number}")] = serde_json::json!({"a": [1, 2, 3], "b": "tekst"});
    }
    for (what, one) in [
        ("with receipt (the guide's example)", with_receipt),
        ("without receipt", without),
        ("with 3 unknown members each", unknown),
    ] {
        let one = one.to_string();
        let body = format!("[{}]", vec![one.as_str(); COUNT as usize].join(","));
        shape(table, what, body.as_bytes())?;
    }
    Ok(())
}

fn shape(table: &mut Table, what: &str, body: &[u8]) -> Outcome {
    let (typed, typed_memory) = count(|| from_json::<Vec<Krav>>(body));
    let typed = typed?;
    let (untyped, untyped_memory) = count(|| serde_json::from_slice::<Value>(body));
    let untyped = untyped?;
    if to_json(&typed) != body {
        return Err("decoded and encoded, the body is another one".into());
    }
    let decode = measure(|| from_json::<Vec<Krav>>(body));
    let decode_untyped = measure(|| serde_json::from_slice::<Value>(body));
    let size = bytes(body.len() as u64);
    table.row(
        format!("decode, {what}, {size}"),
        format!("{}, {}", time(decode), memory(typed_memory, body)),
        format!(
            "`Value` {}, {}",
            time(decode_untyped),
            memory(untyped_memory, body)
        ),
        "into `Vec<Krav>`; memory held afterwards and at its peak as multiples of the body",
    );
    table.row(
        format!("encode, {what}"),
        time(measure(|| to_json(&typed))),
        format!("`Value` {}", time(measure(|| serde_json::to_vec(&untyped)))),
        "back to the same bytes",
    );
    Ok(())
}

#[allow(clippy::cast_precision_loss)] // Far below 2^52.
fn memory(memory: Memory, body: &[u8]) -> String {
    let size = body.len() as f64;
    format!(
        "holds {:.2}×, peak {:.2}×, {:.1} allocations per krav",
        memory.held as f64 / size,
        memory.peak as f64 / size,
        memory.allocations as f64 / f64::from(COUNT),
    )
}
