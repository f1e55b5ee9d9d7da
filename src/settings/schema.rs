//! The JSON Schema of the settings file, so that editors complete its keys and say what is wrong while it is written.

use super::Settings;
use crate::mail::MailPart;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// How a day is written.
#[derive(JsonSchema)]
#[schemars(transparent, extend("format" = "date"))]
pub struct WrittenDay(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How an address is written.
#[derive(JsonSchema)]
#[schemars(transparent, extend("pattern" = "^\\s*[^@\\s<>]+@[^@\\s<>]+\\s*$"))]
pub struct WrittenAddress(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How a name with an address is written.
#[derive(JsonSchema)]
#[schemars(transparent, extend("pattern" = "^\\s*([^@<>]*<[^@\\s<>]+@[^@\\s<>]+>|[^@\\s<>]+@[^@\\s<>]+)\\s*$"))]
pub struct WrittenMailbox(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How the address of a site is written.
#[derive(JsonSchema)]
#[schemars(transparent, extend("pattern" = "^\\s*https?://[^?#]+$"))]
pub struct WrittenSite(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How an address of the web is written.
#[derive(JsonSchema)]
#[schemars(transparent, extend("pattern" = "^\\s*https?://\\S+\\s*$"))]
pub struct WrittenWeb(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How the address is written where somebody leaves a list.
#[derive(JsonSchema)]
#[schemars(transparent, extend("pattern" = "^\\s*(mailto:[^@\\s]+@|https://)[^\\s]+$"))]
pub struct WrittenUnsubscribe(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How the path of a file of measured values is written.
#[derive(JsonSchema)]
#[schemars(transparent, extend("pattern" = "^\\s*[^/\\\\:][^\\\\:]*\\.([cC][sS][vV]|[jJ][sS][oO][nN])\\s*$"))]
pub struct WrittenDataPath(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How a part of a mail is written.
pub struct WrittenPart;

impl JsonSchema for WrittenPart {
    fn schema_name() -> Cow<'static, str> {
        "WrittenPart".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = MailPart::ALL.map(MailPart::name);
        json_schema!({ "type": "string", "enum": names })
    }
}

/// How a colour is written.
#[derive(JsonSchema)]
#[schemars(transparent, extend("pattern" = "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"))]
pub struct Colour(#[expect(dead_code, reason = "it is there for its schema")] String);

/// How a duration is written.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it is there for its schema")]
pub enum WrittenAmount {
    /// A number of days.
    Days(#[schemars(extend("exclusiveMinimum" = 0, "maximum" = 1000))] f64),
    /// A number with a unit.
    Text(#[schemars(extend("pattern" = "^\\s*[0-9][0-9.,]*\\s*[A-Za-z]+\\s*$"))] String),
}

/// How a state is written.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is there for its schema")]
pub enum WrittenState {
    /// Not begun.
    Todo,
    /// Begun.
    InProgress,
    /// Held up.
    Blocked,
    /// Finished.
    Done,
    /// No longer wanted.
    Dropped,
}

/// Returns the schema of `roadbook.toml`; `rules` are the rules that may have a level, each with what it finds.
#[must_use]
pub fn schema<'a>(rules: impl IntoIterator<Item = (&'a str, &'a str)>) -> Value {
    // Editors of TOML know this draft, and follow references less well than they read what is there.
    let settings = SchemaSettings::draft07().with(|it| it.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Settings>().to_value();
    plain(&mut schema);
    if let Some(Value::Object(check)) = schema.pointer_mut("/properties/check") {
        let level = check.remove("additionalProperties").unwrap_or_default();
        let rule = |(name, what): (&str, &str)| {
            let mut rule = level.as_object().cloned().unwrap_or_default();
            rule.insert("description".to_owned(), what.into());
            (name.to_owned(), Value::Object(rule))
        };
        check.insert("properties".to_owned(), Value::Object(rules.into_iter().map(rule).collect::<Map<_, _>>()));
        check.insert("additionalProperties".to_owned(), json!(false));
    }
    schema
}

/// Makes a schema plain: without the nothing that TOML cannot write, words as one list, descriptions in one line.
fn plain(schema: &mut Value) {
    match schema {
        Value::Array(values) => values.iter_mut().for_each(plain),
        Value::Object(entries) => {
            entries.values_mut().for_each(plain);
            entries.retain(|key, it| match key.as_str() {
                "default" => it.is_boolean() || it.is_number() || it.as_str().is_some() || 0 < length(it),
                "format" => it != "double",
                _ => true,
            });
            if let Some(Value::String(text)) = entries.get_mut("description") {
                *text = text.replace('\n', " ");
            }
            if let Some(Value::Array(types)) = entries.get("type")
                && let [one, Value::String(nothing)] = types.as_slice()
                && nothing == "null"
            {
                let one = one.clone();
                entries.insert("type".to_owned(), one);
            }
            if let Some(Value::Array(choices)) = entries.get("anyOf")
                && let [Value::Object(one), nothing] = choices.as_slice()
                && nothing["type"] == "null"
            {
                let one = one.clone();
                entries.remove("anyOf");
                for (key, value) in one {
                    entries.entry(key).or_insert(value);
                }
            }
            let words =
                entries.get("oneOf").and_then(Value::as_array).map(|it| it.iter().map(|it| it["const"].clone()));
            if let Some(words) = words.map(Iterator::collect::<Vec<_>>) {
                entries.remove("oneOf");
                entries.insert("type".to_owned(), "string".into());
                entries.insert("enum".to_owned(), words.into());
            }
        }
        _ => {}
    }
}

fn length(it: &Value) -> usize {
    it.as_array().map_or(0, Vec::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::keys::{KEYS, Key, Shape};
    use std::collections::BTreeSet;

    /// Returns the keys that are read, with `*` for a name of the writer's own.
    fn read(keys: &[Key], above: &str, found: &mut BTreeSet<String>) {
        for key in keys {
            below(&key.shape, format!("{above}{}", key.name), found);
        }
    }

    fn below(shape: &Shape, path: String, found: &mut BTreeSet<String>) {
        match shape {
            Shape::Value(_) => {
                found.insert(path);
            }
            Shape::Table(keys) => read(keys, &(path + "."), found),
            Shape::Map(shape) => below(shape, path + ".*", found),
        }
    }

    /// Returns the keys that a schema allows.
    fn allowed(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
        let more = &schema["additionalProperties"];
        if schema["type"] != "object" {
            found.insert(path.to_owned());
        } else if more.is_object() {
            allowed(more, &format!("{path}.*"), found);
        } else {
            assert_eq!(more, false, "{path} allows anything");
            for (name, below) in schema["properties"].as_object().unwrap() {
                allowed(below, format!("{path}.{name}").trim_start_matches('.'), found);
            }
        }
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let (mut keys, mut schema_keys) = (BTreeSet::new(), BTreeSet::new());
        read(KEYS, "", &mut keys);
        allowed(&schema([("*", "any rule")]), "", &mut schema_keys);
        assert_eq!(keys, schema_keys);
    }

    #[test]
    fn the_schema_has_the_defaults_that_are_used() {
        let schema = schema([]);
        let default = |path: &str| schema.pointer(path).unwrap()["default"].clone();
        let (settings, units) = (Settings::default(), Settings::default().units());
        let health = settings.health;
        assert_eq!(default("/properties/units/properties/hours_per_day").as_f64(), Some(units.hours_per_day));
        assert_eq!(default("/properties/units/properties/days_per_month").as_f64(), Some(units.days_per_month));
        assert_eq!(default("/properties/timezone"), settings.zone().name());
        let pairs =
            [("schedule", health.schedule), ("scope", health.scope), ("risk", health.risk), ("flow", health.flow)];
        for (name, (green, amber)) in pairs {
            let written = default(&format!("/properties/health/properties/{name}"));
            assert_eq!((written[0].as_f64(), written[1].as_f64()), (Some(green), Some(amber)), "{name}");
        }
        let amber = default("/properties/health/properties/reported_amber");
        assert_eq!(amber.as_f64(), Some(health.reported_amber));
    }
}
