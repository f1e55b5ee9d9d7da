//! CSV (RFC 4180), for spreadsheets.

use crate::phrase::rounded;
use crate::views::feeds::tables::{TableView, Value};
use csv::{Terminator, WriterBuilder};

/// Tells Excel that what follows is UTF-8: without it, every letter that is not ASCII becomes two others.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Writes a table. Words that a spreadsheet would work out stand behind an apostrophe; figures are plain.
pub fn csv(table: &TableView) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(MARK.to_vec());
    // Writing into memory cannot fail, and each row has a value for every column.
    let _ = writer.write_record(table.columns);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(cell));
    }
    writer.into_inner().unwrap_or_default()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Nothing => String::new(),
        Value::Number(it) => format!("{}", rounded(*it, 6)),
        Value::Text(it) => harmless(it),
    }
}

/// Returns words that no spreadsheet takes for a formula. Those that begin with an apostrophe stay: one more would be shown.
fn harmless(text: &str) -> String {
    // A cell keeps its lines, and nothing else that a reader does not see.
    let clean: String = text.chars().map(|it| if it.is_control() && it != '\n' { ' ' } else { it }).collect();
    let begins = clean.trim_start().chars().next();
    // The wide forms are the same to Excel in some languages.
    let is_formula =
        begins.is_some_and(|it| "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".contains(it)) || text.starts_with(['\t', '\r']);
    if is_formula { format!("'{clean}") } else { clean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_worked_out() {
        let bad = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n=1"];
        for it in bad {
            assert!(harmless(it).starts_with('\''), "{it:?}");
        }
        let good = ["a=1", "P1-01", "", "'quoted", "1-2", "\"=1\""];
        assert_eq!(good.map(harmless), good);
        assert_eq!(harmless("a\u{0}b\u{7}"), "a b ");
    }

    #[test]
    fn quotes_commas_and_lines_stay_in_their_cell() {
        let row = ["a,b", "a\"b", "a\nb", "-2"].map(|it| Value::Text(it.to_owned()));
        let rows = vec![row.into(), vec![Value::Number(-2.0), Value::Number(0.25), Value::Nothing, Value::Nothing]];
        let table = TableView { columns: &["a", "b", "c", "d"], rows };
        let text = String::from_utf8(csv(&table)).unwrap();
        assert_eq!(text, "\u{FEFF}a,b,c,d\r\n\"a,b\",\"a\"\"b\",\"a\nb\",'-2\r\n-2,0.25,,\r\n");
    }
}
