//! The people of the demonstration: name, gender where volunteered, experience from 0 to 5.

/// Somebody who studies.
pub struct Student {
    pub name: &'static str,
    /// Volunteered; empty where it was not.
    pub gender: &'static str,
    pub experience: i64,
}

const fn student(name: &'static str, gender: &'static str, experience: i64) -> Student {
    Student {
        name,
        gender,
        experience,
    }
}

/// Runs the campus in London.
pub const LONDON: &str = "Rosa Lindqvist";
/// Keeps its cohorts moving.
pub const LONDON_FACILITATOR: &str = "Tariq Mahmoud";
/// Runs the campus in Gaza.
pub const GAZA: &str = "Huda Al-Masri";

/// Studies in the running cohort, without an account.
pub const WITHOUT_ACCOUNT: &str = "Milan Horvat";
/// Is invited to the running cohort.
pub const INVITED: &str = "Sinead Byrne";
/// Has joined the campus in London and nothing else.
pub const MEMBER: &str = "Tomasz Zielinski";

/// Want to come into the next cohort.
pub const APPLICANTS: [&str; 6] = [
    "Asha Mwangi",
    "Ben Okonjo",
    "Clara Schmidt",
    "Dina Haddad",
    "Emre Kaya",
    "Freya Lund",
];

/// Looks after an organisation that asks for a product, and what that is called.
pub const OWNER: &str = "Olive Thornton";
pub const ORGANISATION: &str = "Riverside Food Bank";
/// The same, of one that is further.
pub const OTHER_OWNER: &str = "Priya Desai";
pub const OTHER_ORGANISATION: &str = "Northside Library of Things";
/// The same, of those whose products the running cohort votes on.
pub const PITCHING: [(&str, &str); 3] = [
    ("Maya Lindholm", "Harbour Youth Club"),
    ("Ivo Petrov", "Meadow Allotments"),
    ("Zeynep Arslan", "Lantern Theatre"),
];

/// Acts for an employer, and what that is called.
pub const CONTACT: &str = "Noor Hassan";
pub const EMPLOYER: &str = "Northwind Software";

/// Has graduated.
pub const FAC14: [Student; 16] = [
    student("Abena Owusu", "woman", 2),
    student("Callum Fraser", "man", 1),
    student("Daria Kowalska", "woman", 3),
    student("Ejiro Okafor", "man", 2),
    student("Fatima Zahra Idrissi", "woman", 1),
    student("Grace Nakamura", "woman", 4),
    student("Hannah Weiss", "woman", 0),
    student("Ibrahim Sesay", "man", 2),
    student("Jamila Rahman", "woman", 3),
    student("Kit Harlow", "", 2),
    student("Lucia Ferrante", "woman", 1),
    student("Mehmet Yildiz", "man", 4),
    student("Niamh Gallagher", "woman", 2),
    student("Oluwaseun Ajayi", "man", 1),
    student("Pooja Venkatesan", "woman", 3),
    student("Rhys Morgan", "man", 0),
];

/// Is under way.
pub const FAC15: [Student; 12] = [
    student("Aaliyah Johnson", "woman", 2),
    student("Bartosz Nowak", "man", 3),
    student("Chiara Conti", "woman", 1),
    student("Deniz Aksoy", "", 2),
    student("Eilidh Campbell", "woman", 0),
    student("Femi Adeyemi", "man", 4),
    student("Gulsen Kaya", "woman", 2),
    student("Hugo Martins", "man", 1),
    student("Ioana Popescu", "woman", 3),
    student("Jin-ho Park", "man", 2),
    student("Keziah Mensah", "woman", 1),
    student("Layla Haddad", "woman", 4),
];

/// Begins soon.
pub const GAZA_1: [Student; 9] = [
    student("Ahmad Shaheen", "man", 1),
    student("Dalia Abu Sitta", "woman", 2),
    student("Haneen Qudaih", "woman", 0),
    student("Islam Barakat", "man", 3),
    student("Maram Al-Najjar", "woman", 4),
    student("Nour Ziada", "woman", 2),
    student("Rana Jouda", "woman", 1),
    student("Saleh Hamad", "man", 2),
    student("Yasmin Tarazi", "woman", 3),
];

/// The address of somebody's account.
pub fn address(name: &str) -> String {
    let plain = |letter: char| {
        if letter.is_ascii_alphabetic() {
            letter.to_ascii_lowercase()
        } else {
            '.'
        }
    };
    let local: String = name.chars().map(plain).collect();
    format!("{local}@example.org")
}
