//! Data that zlib compressed, as hexadecimal digits.

/// The text below.
pub(super) fn text() -> Vec<u8> {
    (0..40)
        .map(|n| {
            let (object, parent) = (n * 7919 % 1000, n * 31 % 97);
            format!("{object} 0 obj <</Type/Page/Parent {parent} 0 R>>\n").into_bytes()
        })
        .collect::<Vec<_>>()
        .concat()
}

/// The text, with codes of its own.
pub(super) const DYNAMIC: &str = "\
    78da7dd44b4a43511084e1b9abb83bc8e9773784ac21881b500882031571e2ee553895614d32c90fa7e0\
    6bee3ad6f1f1f2769ccfa7a79fcfdbe9fafcfafff3757bfffefb671d8f97cbc3c890ca64676d4db2d49d\
    5514c9c676969524d3da594c902c1a9938c97a76e666ec516cb350f6a8ef4c4bd8a3b133994532c13659\
    4c2180a50ca16135ce1004d33a198227489b2114ac6a3104c1b65486e0b8a3708650b0f264089866cd0c\
    0c67a4c30c12542a0c01cbc49881e18a821124a4a618c140aa8711188ea8851124a4ca18c1402a831128\
    b6453183009537336850f962068a6da60c2160a5ce141a56924c41b0ad1982e38a1841dfbfcdca08c4ef\
    2f3202c715fd023d6aad51";

/// The first 100 bytes of the text, with the codes of the specification.
pub(super) const FIXED: &str = "\
    780133503050c84fca52b0b1d10fa92c48d50f484c071145a9792540190385203b3b2e4b434b3caa8c0d\
    a1ca2c8c2db02b030086641c2d";

/// The first 40 bytes of the text, not compressed.
pub(super) const STORED: &str = "\
    7801012800d7ff302030206f626a203c3c2f547970652f506167652f506172656e742030203020523e3e\
    0a39313920e9d20ae5";

/// 64 MiB of zeros, compressed twice.
pub(super) const BOMB: &str = "\
    78daeddcbf4a826118c6e1f7238348301d9a5a3c0c07c53f437343cde20134066d0ad1de49343705ae6e\
    9e81e9e40188438453f889df61bccf751dc23d3e3cfc5e37bb4551a494661fc7affdd575020000003237\
    5bbf5d9c8f01a95daeee1f9e00000080dc4d6e1ab5ea28f03fbe1b9a03000000b2f7deeb34ab0f81dfe9\
    73cd1c00000090bddbc37650dd0296e577ebd11e00000090bd1fc1000000000845300000000062110c00\
    0000805804030000002018c1000000008845300000000062110c000000805804030000002018c1000000\
    008845300000000062f9ec75dae7c780e65ff9d21f5d260000002299d7bb2915279be29ea1";

pub(super) fn bytes(digits: &str) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| match *pair {
            [high, low] => digit(high).zip(digit(low)),
            _ => None,
        })
        .map(|pair| pair.map(|(high, low)| u8::try_from(high * 16 + low).unwrap()))
        .collect::<Option<_>>()
        .unwrap()
}
