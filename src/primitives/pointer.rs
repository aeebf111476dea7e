//! The names in a JSON pointer (RFC 6901).

/// A name as it stands in a pointer.
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// What a name in a pointer stands for.
pub fn unescaped(part: &str) -> String {
    part.replace("~1", "/").replace("~0", "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_were() {
        for (name, part) in [("a/b", "a~1b"), ("~1", "~01"), ("~/", "~0~1"), ("plain", "plain")] {
            assert_eq!((escaped(name).as_str(), unescaped(part).as_str()), (part, name));
        }
    }
}
