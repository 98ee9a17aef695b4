//! A grey image of noise as a baseline JPEG: what a scanner's page is to a reader of PDF, made without
//! a scanner. It decodes without a complaint.

/// The generator of Marsaglia (xorshift64*): the same numbers on every machine.
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }
}

/// Bits into bytes, the first at the top, with a zero after each 0xff as JPEG demands.
struct Bits<'a> {
    out: &'a mut Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn put(&mut self, bits: u32, count: u32) {
        self.held = (self.held << count) | bits;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.held >> self.count).to_le_bytes()[0];
            self.out.push(byte);
            if byte == 0xff {
                self.out.push(0);
            }
            self.held &= (1 << self.count) - 1;
        }
    }
}

/// An image of so many blocks of 8 by 8 pixels.
pub(crate) fn grey(across: u16, down: u16, noise: &mut Noise) -> Vec<u8> {
    let mut out = vec![0xff, 0xd8];
    // One quantisation table of ones.
    out.extend([0xff, 0xdb, 0, 67, 0]);
    out.extend([1; 64]);
    // The frame: 8 bits, one component.
    out.extend([0xff, 0xc0, 0, 11, 8]);
    out.extend((down * 8).to_be_bytes());
    out.extend((across * 8).to_be_bytes());
    out.extend([1, 1, 0x11, 0]);
    // Huffman tables in which every code has three bits: 0 to 6 are the size of the DC difference;
    // for AC, 0 ends the block and 1 to 6 are a value of that size with nothing skipped.
    for class in [0x00, 0x10] {
        out.extend([0xff, 0xc4, 0, 26, class]);
        out.extend([0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        out.extend([0, 1, 2, 3, 4, 5, 6]);
    }
    out.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0]);
    let mut bits = Bits {
        out: &mut out,
        held: 0,
        count: 0,
    };
    for _ in 0..u32::from(across) * u32::from(down) {
        let random = noise.next();
        // No difference of the mean, so that it stays where it is; then some values, and the end.
        bits.put(0, 3);
        let values = 1 + random % 12;
        for index in 0..values {
            let part = (random >> (8 + 4 * index)) & 0xf;
            let size = 1 + u32::try_from(part).unwrap_or(0) % 3;
            let value = u32::try_from((random >> (4 + 3 * index)) & 7).unwrap_or(0);
            bits.put(size, 3);
            bits.put(value & ((1 << size) - 1), size);
        }
        bits.put(0, 3);
    }
    let filled = (8 - bits.count % 8) % 8;
    bits.put((1 << filled) - 1, filled);
    out.extend([0xff, 0xd9]);
    out
}
