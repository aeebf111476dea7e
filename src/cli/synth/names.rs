//! Names of people and places.

use rand::{Rng as _, seq::IndexedRandom as _};
use rand_chacha::ChaCha8Rng;

const FIRST: [&str; 48] = [
    "Abena", "Adil", "Aisha", "Alma", "Amal", "Basma", "Bruno", "Callum", "Chiara", "Daria", "Dina", "Ejiro", "Elif",
    "Emeka", "Farah", "Fatima", "Grace", "Hala", "Hannah", "Ibrahim", "Ines", "Jamila", "Joanna", "Karim", "Kit",
    "Layla", "Lucia", "Mahmoud", "Maryam", "Mehmet", "Nadia", "Niamh", "Nour", "Olga", "Omar", "Priya", "Rami", "Rosa",
    "Salma", "Samir", "Sofia", "Tariq", "Tomas", "Umar", "Vera", "Yara", "Yusuf", "Zahra",
];
const LAST: [&str; 48] = [
    "Abu Salim",
    "Adeyemi",
    "Almeida",
    "Andersson",
    "Barakat",
    "Boateng",
    "Carvalho",
    "Castillo",
    "Darwish",
    "Diallo",
    "Eriksen",
    "Fernandez",
    "Ferrante",
    "Fraser",
    "Gallagher",
    "Ghazal",
    "Haddad",
    "Hassan",
    "Hughes",
    "Idrissi",
    "Ivanova",
    "Jansen",
    "Karam",
    "Khoury",
    "Kowalska",
    "Lindqvist",
    "Mahmoud",
    "Mansour",
    "Mbeki",
    "Moreau",
    "Nakamura",
    "Nasser",
    "Novak",
    "Okafor",
    "Owusu",
    "Papadakis",
    "Petrov",
    "Qasim",
    "Rahman",
    "Rossi",
    "Saleh",
    "Sesay",
    "Silva",
    "Tanaka",
    "Weiss",
    "Yildiz",
    "Zaman",
    "Zielinski",
];

/// City, country, time zone, and whether the week begins on Sunday.
pub const PLACES: [(&str, &str, &str, bool); 8] = [
    ("London", "United Kingdom", "Europe/London", false),
    ("Gaza", "Palestine", "Asia/Gaza", true),
    ("Nazareth", "Israel", "Asia/Jerusalem", true),
    ("Nairobi", "Kenya", "Africa/Nairobi", false),
    ("Lisbon", "Portugal", "Europe/Lisbon", false),
    ("Amman", "Jordan", "Asia/Amman", true),
    ("Toronto", "Canada", "America/Toronto", false),
    ("Manila", "Philippines", "Asia/Manila", false),
];

/// Somebody's name.
pub fn person(rng: &mut ChaCha8Rng) -> String {
    let first = FIRST.choose(rng).copied().unwrap_or("Amal");
    let last = LAST.choose(rng).copied().unwrap_or("Haddad");
    format!("{first} {last}")
}

/// A user name on GitHub for most.
pub fn github(rng: &mut ChaCha8Rng, name: &str, number: usize) -> Option<String> {
    let letters = name.chars().filter(char::is_ascii_alphabetic);
    let handle = format!("{}-{number}", letters.collect::<String>().to_lowercase());
    rng.random_bool(0.8).then_some(handle)
}
