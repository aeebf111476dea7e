//! What a profile can say.

use crate::{
    careers::model::ProfileTexts,
    error::{Error, Result},
    primitives::Id,
};

const MOST_SKILLS: usize = 50;
const MOST_SUBMISSIONS: usize = 20;

/// That a profile's lists are short and have nothing twice, and that its submissions are of the person's own teams.
///
/// # Errors
/// `422` naming the field.
pub fn check_profile(texts: &ProfileTexts, own: &[Id]) -> Result<()> {
    if texts.skills.len() > MOST_SKILLS {
        return Err(Error::field("/skills", "invalid", "must have at most 50 skills"));
    }
    if texts.submission_ids.len() > MOST_SUBMISSIONS {
        return Err(Error::field(
            "/submission_ids",
            "invalid",
            "must have at most 20 submissions",
        ));
    }
    if let Some(at) = repeated(&texts.skills) {
        return Err(Error::field(format!("/skills/{at}"), "invalid", "stands there twice"));
    }
    if let Some(at) = repeated(&texts.submission_ids) {
        return Err(Error::field(
            format!("/submission_ids/{at}"),
            "invalid",
            "stands there twice",
        ));
    }
    match texts.submission_ids.iter().position(|id| !own.contains(id)) {
        Some(at) => Err(Error::field(
            format!("/submission_ids/{at}"),
            "not_found",
            "must be a submission of a team that you were in",
        )),
        None => Ok(()),
    }
}

/// Where something stands that stood before.
fn repeated<T: PartialEq>(all: &[T]) -> Option<usize> {
    let earlier = |(at, one): &(usize, &T)| all.iter().take(*at).any(|before| before == *one);
    all.iter().enumerate().find(earlier).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Line;

    #[test]
    fn lists_are_short_without_repeats_and_of_own_work() {
        let (own, other) = (Id::new(), Id::new());
        let skills = |count: usize| -> Vec<Line> {
            (0..count)
                .map(|number| Line::parse(&format!("Skill {number}")).unwrap())
                .collect()
        };
        let twice = [skills(1), skills(1)].concat();
        for (skills, submission_ids, may) in [
            (skills(50), vec![own], true),
            (vec![], vec![], true),
            (skills(51), vec![], false),
            (twice, vec![], false),
            (vec![], vec![own, own], false),
            (vec![], vec![other], false),
            (vec![], (0..21).map(|_| Id::new()).collect(), false),
        ] {
            let texts = ProfileTexts {
                skills,
                submission_ids,
                ..ProfileTexts::default()
            };
            assert_eq!(check_profile(&texts, &[own]).is_ok(), may, "{texts:?}");
        }
    }
}
