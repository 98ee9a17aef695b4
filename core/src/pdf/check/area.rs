//! Rectangles on a page, and how much of it they cover together.

use crate::order;

/// Beyond this a coordinate means nothing: a page is at most 14,400 units wide (ISO 32000-2, annex C).
const FAR: f64 = 1e9;

/// A rectangle whose sides are parallel to the axes, with its corners in order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) bottom: f64,
    pub(super) right: f64,
    pub(super) top: f64,
}

impl Rect {
    pub(super) const ZERO: Self = Self {
        left: 0.0,
        bottom: 0.0,
        right: 0.0,
        top: 0.0,
    };

    /// From any two opposite corners. `None` if one of them is not a number.
    pub(super) fn new(corners: [f64; 4]) -> Option<Self> {
        if corners.iter().any(|number| number.is_nan()) {
            return None;
        }
        let [a, b, c, d] = corners.map(|number| number.clamp(-FAR, FAR));
        Some(Self {
            left: a.min(c),
            bottom: b.min(d),
            right: a.max(c),
            top: b.max(d),
        })
    }

    pub(super) fn area(&self) -> f64 {
        (self.right - self.left) * (self.top - self.bottom)
    }

    /// What two rectangles share; `None` if that has no area.
    pub(super) fn clip(&self, other: &Self) -> Option<Self> {
        let shared = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (shared.left < shared.right && shared.bottom < shared.top).then_some(shared)
    }

    /// Whether a line of this width along the inside of the sides shows within `page`.
    pub(super) fn outline_shows(&self, width: f64, page: &Self) -> bool {
        let width = if width.is_nan() {
            1.0
        } else {
            width.clamp(0.0, FAR)
        };
        let (left, right) = (self.left + width, self.right - width);
        let (bottom, top) = (self.bottom + width, self.top - width);
        if left >= right || bottom >= top {
            return self.clip(page).is_some();
        }
        [
            Self {
                right: left,
                ..*self
            },
            Self {
                left: right,
                ..*self
            },
            Self {
                top: bottom,
                ..*self
            },
            Self {
                bottom: top,
                ..*self
            },
        ]
        .iter()
        .any(|side| side.clip(page).is_some())
    }
}

/// The area that rectangles cover together: a sweep from left to right over their sides, with a tree
/// over their heights. O(n log n), whatever they look like.
pub(super) fn union(rects: &[Rect]) -> f64 {
    let mut heights: Vec<f64> = rects.iter().flat_map(|r| [r.bottom, r.top]).collect();
    order::sort_by(&mut heights, f64::total_cmp);
    heights.dedup();
    let at = |height: f64| heights.partition_point(|h| *h < height);
    let mut sides: Vec<(f64, i32, usize, usize)> = rects
        .iter()
        .filter(|rect| rect.left < rect.right && rect.bottom < rect.top)
        .flat_map(|rect| {
            let (from, to) = (at(rect.bottom), at(rect.top));
            [(rect.left, 1, from, to), (rect.right, -1, from, to)]
        })
        .collect();
    order::sort_by(&mut sides, |a, b| a.0.total_cmp(&b.0));
    let mut covered = Covered::over(&heights);
    let mut area = 0.0;
    let mut last = 0.0;
    for (x, change, from, to) in sides {
        area += covered.height() * (x - last);
        last = x;
        covered.change(from, to, change);
    }
    area
}

/// A segment tree: how often each stretch between two neighbouring heights is covered.
struct Covered<'h> {
    heights: &'h [f64],
    stretches: usize,
    count: Vec<i32>,
    length: Vec<f64>,
}

impl<'h> Covered<'h> {
    fn over(heights: &'h [f64]) -> Self {
        let stretches = heights.len().saturating_sub(1);
        let nodes = 2 * stretches.next_power_of_two().max(1);
        Self {
            heights,
            stretches,
            count: vec![0; nodes],
            length: vec![0.0; nodes],
        }
    }

    fn height(&self) -> f64 {
        self.length.get(1).copied().unwrap_or_default()
    }

    fn change(&mut self, from: usize, to: usize, change: i32) {
        let width = self.count.len() / 2;
        self.descend(1, 0, width, from, to.min(self.stretches), change);
    }

    /// At most 17 deep for 65,536 stretches: each step halves the width.
    fn descend(
        &mut self,
        node: usize,
        low: usize,
        high: usize,
        from: usize,
        to: usize,
        change: i32,
    ) {
        if from >= high || to <= low {
            return;
        }
        if from <= low && high <= to {
            if let Some(count) = self.count.get_mut(node) {
                *count += change;
            }
        } else {
            let middle = usize::midpoint(low, high);
            self.descend(2 * node, low, middle, from, to, change);
            self.descend(2 * node + 1, middle, high, from, to, change);
        }
        let length = |at: usize| self.length.get(at).copied().unwrap_or_default();
        let height = |at: usize| {
            self.heights
                .get(at.min(self.stretches))
                .copied()
                .unwrap_or_default()
        };
        let value = if self.count.get(node).is_some_and(|count| *count > 0) {
            height(high) - height(low)
        } else if high - low <= 1 {
            0.0
        } else {
            length(2 * node) + length(2 * node + 1)
        };
        if let Some(held) = self.length.get_mut(node) {
            *held = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(corners: [f64; 4]) -> Rect {
        Rect::new(corners).unwrap()
    }

    #[test]
    fn corners_may_come_in_any_order() {
        assert_eq!(rect([10.0, 20.0, 0.0, 5.0]), rect([0.0, 5.0, 10.0, 20.0]));
        assert!((rect([10.0, 20.0, 0.0, 5.0]).area() - 150.0).abs() < 1e-9);
        assert_eq!(Rect::new([0.0, f64::NAN, 1.0, 1.0]), None);
        let huge = rect([f64::NEG_INFINITY, -1e300, 1e300, f64::INFINITY]);
        assert!(huge.area().is_finite());
        assert_eq!(
            huge.clip(&rect([0.0, 0.0, 1.0, 1.0])),
            Some(rect([0.0, 0.0, 1.0, 1.0]))
        );
    }

    #[test]
    fn touching_is_not_sharing() {
        let page = rect([0.0, 0.0, 10.0, 10.0]);
        assert_eq!(rect([10.0, 0.0, 20.0, 10.0]).clip(&page), None);
        assert_eq!(rect([3.0, 3.0, 3.0, 8.0]).clip(&page), None);
    }

    #[test]
    fn an_outline_beyond_the_page_does_not_show() {
        let page = rect([0.0, 0.0, 600.0, 800.0]);
        assert!(!rect([-10.0, -10.0, 610.0, 810.0]).outline_shows(1.0, &page));
        assert!(rect([0.0, 0.0, 600.0, 800.0]).outline_shows(1.0, &page));
        assert!(rect([-10.0, -10.0, 599.0, 810.0]).outline_shows(1.0, &page));
        assert!(rect([-10.0, -10.0, 610.0, 810.0]).outline_shows(f64::INFINITY, &page));
    }

    #[test]
    fn what_overlaps_counts_once() {
        for (rects, area) in [
            (vec![], 0.0),
            (vec![rect([0.0, 0.0, 2.0, 3.0])], 6.0),
            (vec![rect([0.0, 0.0, 2.0, 3.0]); 5], 6.0),
            (
                vec![rect([0.0, 0.0, 2.0, 2.0]), rect([1.0, 1.0, 3.0, 3.0])],
                7.0,
            ),
            (
                vec![rect([0.0, 0.0, 3.0, 1.0]), rect([0.0, 1.0, 3.0, 2.0])],
                6.0,
            ),
            (
                vec![rect([0.0, 0.0, 4.0, 4.0]), rect([1.0, 1.0, 2.0, 2.0])],
                16.0,
            ),
            (
                vec![rect([0.0, 0.0, 1.0, 1.0]), rect([5.0, 5.0, 6.0, 7.0])],
                3.0,
            ),
            (vec![rect([1.0, 0.0, 1.0, 9.0])], 0.0),
        ] {
            assert!((union(&rects) - area).abs() < 1e-9, "{rects:?}");
        }
    }

    #[test]
    fn the_union_is_that_of_a_raster() {
        // A small generator of its own: the numbers only have to be spread.
        let mut seed = 12345_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) % 24
        };
        for count in 1..40 {
            let mut raster = [[false; 24]; 24];
            let mut area = 0;
            let mut rects = Vec::new();
            for _ in 0..count {
                let [a, b, c, d] = [next(), next(), next(), next()];
                for row in raster
                    .iter_mut()
                    .take(a.max(c) as usize)
                    .skip(a.min(c) as usize)
                {
                    for cell in row
                        .iter_mut()
                        .take(b.max(d) as usize)
                        .skip(b.min(d) as usize)
                    {
                        area += i32::from(!*cell);
                        *cell = true;
                    }
                }
                rects.push(rect([a, b, c, d].map(f64::from)));
            }
            assert!((union(&rects) - f64::from(area)).abs() < 1e-9, "{rects:?}");
        }
    }

    #[test]
    fn tens_of_thousands_are_no_trouble() {
        let rects: Vec<Rect> = (0..60_000)
            .map(|i| {
                let at = f64::from(i);
                rect([at, at, at + 2.0, at + 2.0])
            })
            .collect();
        assert!((union(&rects) - (4.0 + 59_999.0 * 3.0)).abs() < 1e-3);
    }
}
