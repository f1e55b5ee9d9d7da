//! What the parts of a standup are called in other languages than English: how a word of a heading begins, or a whole label.

use crate::reading::standup_part::Part::{
    self, Asked, Blocked, Decisions, Done, InProgress, Lately, Metrics, Next, Risks,
};

/// The beginnings of words, in lower case; the first of them that fits counts.
#[rustfmt::skip]
pub const PARTS: &[(&str, Part)] = &[
    ("offene entscheidung", Asked), ("décision à prendre", Asked), ("décisions à prendre", Asked),
    ("decisiones pendientes", Asked), ("entscheidung", Decisions), ("décision", Decisions), ("decisiones", Decisions),
    ("decisões", Decisions), ("nicht erledigt", InProgress), ("nicht fertig", InProgress), ("non terminé", InProgress),
    ("pas terminé", InProgress), ("no terminado", InProgress), ("não concluíd", InProgress), ("не готово", InProgress),
    ("未完成", InProgress), ("in arbeit", InProgress), ("laufend", InProgress), ("heute", InProgress),
    ("en cours", InProgress), ("aujourd", InProgress), ("en curso", InProgress), ("em andamento", InProgress),
    ("in corso", InProgress), ("в работе", InProgress), ("в процессе", InProgress), ("进行中", InProgress),
    ("進行中", InProgress), ("진행 중", InProgress), ("진행중", InProgress), ("đang thực hiện", InProgress),
    ("בתהליך", InProgress), ("قيد التنفيذ", InProgress), ("hindernis", Blocked), ("blockiert", Blocked),
    ("bloqué", Blocked), ("bloqués", Blocked), ("bloqueado", Blocked), ("bloccato", Blocked), ("bloqu", Blocked), ("blocc", Blocked),
    ("заблокирован", Blocked), ("受阻", Blocked), ("阻塞", Blocked), ("ブロック", Blocked), ("차단", Blocked),
    ("bị chặn", Blocked), ("חסום", Blocked), ("محظور", Blocked), ("nächste woche", Next), ("nächste schritte", Next),
    ("nächste", Next), ("geplant", Next),
    ("prochain", Next), ("à faire", Next), ("à venir", Next), ("próxim", Next), ("prossim", Next), ("следующ", Next),
    ("далее", Next), ("下周", Next), ("下一步", Next), ("次週", Next), ("来週", Next), ("다음 주", Next),
    ("tuần tới", Next), ("tiếp theo", Next), ("השבוע הבא", Next), ("الأسبوع القادم", Next), ("erledigt", Done),
    ("fertig", Done), ("abgeschlossen", Done), ("terminé", Done), ("achevé", Done), ("hecho", Done),
    ("terminado", Done), ("completad", Done), ("concluíd", Done), ("fatto", Done), ("сделано", Done), ("готово", Done),
    ("выполнен", Done), ("已完成", Done), ("完成", Done), ("完了", Done), ("완료", Done), ("hoàn thành", Done),
    ("הושלם", Done), ("مكتمل", Done), ("gestern", Lately), ("ayer", Lately), ("risiken", Risks), ("risques", Risks),
    ("risik", Risks), ("risqu", Risks),
    ("riesgo", Risks), ("risco", Risks), ("rischi", Risks), ("риск", Risks), ("风险", Risks), ("リスク", Risks),
    ("위험", Risks), ("rủi ro", Risks), ("סיכונים", Risks), ("المخاطر", Risks), ("kennzahl", Metrics),
    ("indicateur", Metrics), ("métric", Metrics), ("指标", Metrics), ("指標", Metrics),
];

/// Words that say that there is nothing.
pub const NOTHING: [&str; 14] = [
    "keine", "keiner", "nichts", "aucun", "aucune", "rien", "ninguno", "nada", "nenhum", "nessuno", "нет", "无",
    "なし", "없음",
];
