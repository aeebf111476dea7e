//! Finite fields GF(p^k), by tables.
#![expect(
    clippy::indexing_slicing,
    reason = "tables of q × q entries indexed by elements 0..q"
)]

/// Digits of two elements to the digits of their sum or product.
type Operation<'a> = &'a dyn Fn(&[usize], &[usize]) -> Vec<usize>;

/// Addition and multiplication tables of the field with `q` elements, written 0..q with 0 and 1 in their places.
pub struct GaloisField {
    /// Number of elements.
    pub q: usize,
    plus: Vec<usize>,
    times: Vec<usize>,
}

impl GaloisField {
    /// The field with `q` elements, if `q` is a prime power: polynomials over Z_p modulo the first monic
    /// polynomial of degree k that leaves no zero divisors.
    pub fn new(q: usize) -> Option<Self> {
        let p = (2..=q).find(|p| q.is_multiple_of(*p))?;
        let k = (1..).take_while(|&e| p.pow(e) <= q).last()?;
        if p.pow(k) != q {
            return None;
        }
        let digits = |x: usize| -> Vec<usize> { (0..k).map(|e| x / p.pow(e) % p).collect() };
        let number = |d: &[usize]| d.iter().rev().fold(0, |n, &x| n * p + x);
        let table = |op: Operation<'_>| -> Vec<usize> {
            (0..q * q)
                .map(|i| number(&op(&digits(i / q), &digits(i % q))))
                .collect()
        };
        let plus = table(&|a, b| a.iter().zip(b).map(|(x, y)| (x + y) % p).collect());
        (0..q).find_map(|tail| {
            let modulus = digits(tail);
            let times = table(&|a, b| product(a, b, &modulus, p));
            let zero_divisor = (1..q).any(|a| (1..q).any(|b| times[a * q + b] == 0));
            (!zero_divisor).then(|| Self {
                q,
                plus: plus.clone(),
                times,
            })
        })
    }

    /// a + b.
    pub fn add(&self, a: usize, b: usize) -> usize {
        self.plus[a * self.q + b]
    }

    /// a · b.
    pub fn mul(&self, a: usize, b: usize) -> usize {
        self.times[a * self.q + b]
    }
}

/// a · b modulo x^k + `modulus`, coefficients in Z_p, lowest first.
fn product(a: &[usize], b: &[usize], modulus: &[usize], p: usize) -> Vec<usize> {
    let k = modulus.len();
    let mut wide = vec![0; 2 * k];
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            wide[i + j] = (wide[i + j] + x * y) % p;
        }
    }
    for top in (k..2 * k).rev() {
        let lead = std::mem::take(&mut wide[top]);
        for (e, m) in modulus.iter().enumerate() {
            wide[top - k + e] = (wide[top - k + e] + lead * (p - m)) % p;
        }
    }
    wide.truncate(k);
    wide
}

#[cfg(test)]
mod tests {
    use super::GaloisField;

    #[test]
    fn fields_have_inverses_and_distribute() {
        for q in [2, 3, 4, 5, 7, 8, 9, 16, 25, 27] {
            let f = GaloisField::new(q).unwrap();
            for a in 1..q {
                assert_eq!((1..q).filter(|&b| f.mul(a, b) == 1).count(), 1, "{a} in GF({q})");
                for b in 0..q {
                    assert_eq!(f.mul(a, f.add(b, 1)), f.add(f.mul(a, b), a));
                }
            }
        }
        for q in [0, 1, 6, 10, 12, 36] {
            assert!(GaloisField::new(q).is_none());
        }
    }
}
