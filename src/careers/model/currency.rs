//! Currencies.

use std::borrow::Cow;

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::primitives::stored_as_text;

/// The active codes of money in ISO 4217, without those of funds, metals and tests: "List one" of its maintenance agency
/// (<https://www.six-group.com/en/products-services/financial-information/market-reference-data/data-standards.html>).
const ACTIVE: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP \
    CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD \
    JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN \
    NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN \
    SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// A currency by its code, such as `GBP`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Text)]
pub struct Currency(String);

impl Currency {
    /// By its code in capitals.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        match ACTIVE.split(' ').any(|code| code == text) {
            true => Ok(Self(text.into())),
            false => Err("must be the code of a currency in ISO 4217, in capitals, such as `GBP`".into()),
        }
    }

    /// Its code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// What was a currency when it was stored stays readable when it is none any more.
stored_as_text!(Currency, |text| Ok(Currency(text)));

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl JsonSchema for Currency {
    fn schema_name() -> Cow<'static, str> {
        "Currency".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string", "description": "A currency by its code in ISO 4217.", "pattern": "^[A-Z]{3}$", "examples": ["GBP"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_an_active_code_in_capitals() {
        for code in ["GBP", "ILS", "JOD", "AED", "ZWG"] {
            assert_eq!(Currency::parse(code).unwrap().as_str(), code);
        }
        for wrong in ["gbp", "GB", "GBPX", "DEM", "XAU", "XXX", "", " ", "GBP ILS"] {
            assert!(Currency::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_codes_stand_in_order_and_once() {
        let codes: Vec<&str> = ACTIVE.split(' ').collect();
        assert!(codes.is_sorted_by(|one, next| one < next));
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
        );
    }
}
