//! Plans gone wrong: bytes flipped, lines swapped, pieces cut out, repeated and put in.

use super::dice::Dice;

/// What breaks readers: marks without an end, links without a target, the ends of blocks, signs that hide, far numbers.
const TOKENS: [&str; 44] = [
    "\n---\n",
    "\n+++\n",
    "\n```\n",
    "\n~~~\n",
    "<!--",
    "-->",
    "<details>",
    "</script>",
    "<script>",
    "**",
    "*",
    "~~",
    "`",
    "``",
    "[",
    "]",
    "](",
    "[x]: /u\n",
    "- [ ] ",
    "- [x] ",
    "\n- [ ]\n",
    "\n> ",
    "\n\n",
    "\n\t",
    "\n        ",
    "\r",
    "\r\n",
    "\0",
    "\u{FEFF}",
    "\u{202E}",
    "\u{200D}",
    "\u{85}",
    "\u{2028}",
    "|",
    "\n|-|\n",
    "&amp;",
    "&#0;",
    "\\",
    "**Gate Decision:** GO\n",
    "\n**Phase 1 Exit Criteria:**\n",
    "\n**Gate:** x\n",
    "\n## Week 99999999999: x\n",
    " (999999999999999999999d) ",
    "\n**Target Launch:** 9999-12-31\n",
];

/// Breaks a text in one to twelve places.
pub fn mutate(text: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=dice.below(12) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(300)).min(bytes.len());
        match dice.below(9) {
            0 | 1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            4 => swap_lines(&mut bytes, dice),
            5 if dice.percent(20) => bytes.truncate(at),
            6 => repeat_line(&mut bytes, at, dice),
            _ => drop(bytes.splice(at..at, dice.pick(&TOKENS).bytes())),
        }
    }
    bytes
}

fn swap_lines(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|it| *it == b'\n').collect();
    if !lines.is_empty() {
        let (a, b) = (dice.below(lines.len()), dice.below(lines.len()));
        lines.swap(a, b);
        *bytes = lines.concat();
    }
}

fn repeat_line(bytes: &mut Vec<u8>, at: usize, dice: &mut Dice) {
    let start = bytes[..at].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
    let end = bytes[at..].iter().position(|it| *it == b'\n').map_or(bytes.len(), |it| at + it + 1);
    let line = bytes[start..end].repeat(1 + dice.below(3));
    bytes.splice(start..start, line);
}
