//! YAML as a tree of keys and values, with their places.

use crate::settings::{Name, Node, Value};
use granit_parser::{Event, Parser, ScalarStyle, ScanError};
use std::ops::Range;

/// Values nested deeper than this are left out.
const MAX_DEPTH: usize = 8;
/// The most values that are read; what comes later is left out.
const MAX_VALUES: usize = 5_000;

/// Reads the first document of a text. An alias stands for nothing, so that no text is larger than it looks.
///
/// # Errors
///
/// When it is no YAML: why, and at which byte.
pub fn node(text: &str) -> Result<Node, (String, Option<usize>)> {
    let mut tree = Tree { open: Vec::new(), depth: 0, values: 0, root: None };
    let failed = |it: &ScanError| (it.info(), it.marker().byte_offset());
    for next in Parser::new_from_str(text) {
        let (event, span) = next.map_err(|it| failed(&it))?;
        let span = span.byte_range().unwrap_or_default();
        match event {
            Event::Scalar(text, style, ..) => tree.add(scalar(text.into_owned(), style), span),
            Event::Alias(_) => tree.add(Value::Nothing, span),
            Event::SequenceStart(..) => tree.begin(Value::List(Vec::new()), span),
            Event::MappingStart(..) => tree.begin(Value::Table(Vec::new()), span),
            Event::SequenceEnd | Event::MappingEnd => tree.end(&span),
            Event::DocumentEnd => break,
            _ => {}
        }
    }
    Ok(tree.root.unwrap_or(Node { value: Value::Table(Vec::new()), span: 0..0 }))
}

fn scalar(text: String, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::Text(text);
    }
    let is_number = text.starts_with(|it: char| it.is_ascii_digit() || "+-.".contains(it));
    match (text.as_str(), is_number.then(|| text.parse::<f64>())) {
        (_, Some(Ok(number))) if number.is_finite() => Value::Number(number, text),
        ("true" | "True" | "TRUE", _) => Value::Flag(true),
        ("false" | "False" | "FALSE", _) => Value::Flag(false),
        ("" | "~" | "null" | "Null" | "NULL", _) => Value::Nothing,
        _ => Value::Text(text),
    }
}

/// A tree that grows by events, without recursion.
struct Tree {
    /// The lists and tables that are not at their end, outermost first, each with the key that waits for its value.
    open: Vec<(Node, Option<Name>)>,
    /// How many lists and tables are begun and not at their end; those beyond the limit are not in `open`.
    depth: usize,
    values: usize,
    root: Option<Node>,
}

impl Tree {
    fn begin(&mut self, value: Value, span: Range<usize>) {
        self.depth += 1;
        if self.depth <= MAX_DEPTH {
            self.open.push((Node { value, span }, None));
        } else if self.depth == MAX_DEPTH + 1 {
            // It keeps its place, so that keys and values go on in turn.
            self.put(Node { value: Value::Nothing, span });
        }
    }

    fn end(&mut self, span: &Range<usize>) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth < MAX_DEPTH
            && let Some((mut node, _)) = self.open.pop()
        {
            node.span.end = span.end.max(node.span.start);
            self.put(node);
        }
    }

    fn add(&mut self, value: Value, span: Range<usize>) {
        if self.depth <= MAX_DEPTH {
            self.put(Node { value, span });
        }
    }

    fn put(&mut self, node: Node) {
        self.values += 1;
        let Some((parent, waiting)) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        let is_kept = self.values <= MAX_VALUES;
        match &mut parent.value {
            Value::List(values) if is_kept => values.push(node),
            Value::Table(entries) => match waiting.take() {
                None => *waiting = Some(name(node)),
                Some(name) if is_kept => entries.push((name, node)),
                Some(_) => {}
            },
            _ => {}
        }
    }
}

/// Returns a key; one that is a list or a table is a key without a name, which nothing asks for.
fn name(node: Node) -> Name {
    let text = match node.value {
        Value::Text(it) | Value::Number(_, it) => it,
        Value::Flag(it) => it.to_string(),
        _ => String::new(),
    };
    Name { text, span: node.span }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_values_have_their_places() {
        let text = "a: 1\nb: [x, 'y']\nc:\n  \"%\": done # why\nd: *no\n";
        assert!(node(text).is_err(), "an alias of nothing is no YAML");
        let text = text.replace("*no", "&it ~\ne: *it");
        let root = node(&text).unwrap();
        let entries = root.table().unwrap();
        let at = |span: &Range<usize>| text.get(span.clone()).unwrap();
        let shown = |it: &(Name, Node)| format!("{} = {}", at(&it.0.span), it.1.shown());
        let all: Vec<String> = entries.iter().map(shown).collect();
        assert_eq!(all, ["a = 1", "b = a list", "c = a table", "d = nothing", "e = nothing"]);
        let inner = entries[2].1.table().unwrap();
        assert_eq!((inner[0].0.text.as_str(), at(&inner[0].1.span)), ("%", "done"));
    }

    #[test]
    fn what_is_nested_too_deep_is_left_out_and_nothing_else() {
        let deep = format!("a: {}{}\nb: 2\n", "[".repeat(60), "]".repeat(60));
        let root = node(&deep).unwrap();
        assert_eq!(root.table().unwrap().iter().map(|it| it.0.text.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        let odd = "? {k: v}\n: 1\n? [1, 2]\n: 2\nb: 3\n";
        assert_eq!(node(odd).unwrap().table().unwrap().last().unwrap().0.text, "b");
    }
}
