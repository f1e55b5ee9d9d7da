//! The words that say a state, sorted by their bytes.

use crate::model::State;
use crate::reading::marks::Mark;

const OPEN: Mark = Mark::Open;
const DONE: Mark = Mark::State(State::Done);
const BEGUN: Mark = Mark::State(State::InProgress);
const BLOCKED: Mark = Mark::State(State::Blocked);
const DROPPED: Mark = Mark::State(State::Dropped);

/// The words, in lower case.
#[rustfmt::skip]
pub const STATES: &[(&str, Mark)] = &[
    ("a fazer", OPEN), ("abandoned", DROPPED), ("abandonné", DROPPED), ("abgebrochen", DROPPED),
    ("abgeschlossen", DONE), ("active", BEGUN), ("annulé", DROPPED), ("annulée", DROPPED), ("at risk", BLOCKED),
    ("backlog", OPEN), ("blocked", BLOCKED), ("blockiert", BLOCKED), ("bloqueada", BLOCKED), ("bloqueado", BLOCKED),
    ("bloqué", BLOCKED), ("bloquée", BLOCKED), ("bị chặn", BLOCKED), ("cancelada", DROPPED), ("cancelado", DROPPED),
    ("canceled", DROPPED), ("cancelled", DROPPED), ("chưa bắt đầu", OPEN), ("chưa làm", OPEN), ("closed", DONE),
    ("completada", DONE), ("completado", DONE), ("complete", DONE), ("completed", DONE), ("concluída", DONE),
    ("concluído", DONE), ("current", BEGUN), ("current focus", BEGUN), ("current priority", BEGUN),
    ("deferred", OPEN), ("delivered", DONE), ("doing", BEGUN), ("done", DONE), ("dropped", DROPPED),
    ("em andamento", BEGUN), ("em progresso", BEGUN), ("en cours", BEGUN), ("en curso", BEGUN),
    ("en progreso", BEGUN), ("erledigt", DONE), ("fait", DONE), ("feito", DONE), ("fertig", DONE), ("fini", DONE),
    ("finished", DONE), ("future", OPEN), ("geplant", OPEN), ("hecha", DONE), ("hecho", DONE), ("hoàn thành", DONE),
    ("implemented", DONE), ("in arbeit", BEGUN), ("in development", BEGUN), ("in progress", BEGUN),
    ("in review", BEGUN), ("in-progress", BEGUN), ("inprogress", BEGUN), ("kế hoạch", OPEN), ("later", OPEN),
    ("laufend", BEGUN), ("live", DONE), ("merged", DONE), ("new", OPEN), ("next", OPEN), ("not begun", OPEN),
    ("not started", OPEN), ("obsolete", DROPPED), ("offen", OPEN), ("on hold", BLOCKED), ("on track", BEGUN),
    ("ongoing", BEGUN), ("open", OPEN), ("partial", BEGUN), ("partially complete", BEGUN), ("partially done", BEGUN),
    ("pendente", OPEN), ("pendiente", OPEN), ("pending", OPEN), ("planejado", OPEN), ("planificado", OPEN), ("planifié", OPEN),
    ("planned", OPEN), ("por hacer", OPEN), ("proposed", OPEN), ("prévu", OPEN), ("queued", OPEN), ("ready", OPEN),
    ("rejected", DROPPED), ("released", DONE), ("removed", DROPPED), ("scheduled", OPEN), ("shipped", DONE),
    ("stalled", BLOCKED), ("started", BEGUN), ("stuck", BLOCKED), ("terminado", DONE), ("terminé", DONE),
    ("terminée", DONE), ("to do", OPEN), ("to-do", OPEN), ("todo", OPEN), ("under review", BEGUN),
    ("underway", BEGUN), ("upcoming", OPEN), ("verworfen", DROPPED), ("waiting", BLOCKED), ("wip", BEGUN),
    ("won't do", DROPPED), ("won't fix", DROPPED), ("wont do", DROPPED), ("wontfix", DROPPED),
    ("work in progress", BEGUN), ("xong", DONE), ("à faire", OPEN), ("đang làm", BEGUN), ("đang thực hiện", BEGUN),
    ("đã hủy", DROPPED), ("в процессе", BEGUN), ("в работе", BEGUN), ("выполнено", DONE), ("готово", DONE),
    ("заблокировано", BLOCKED), ("завершено", DONE), ("запланировано", OPEN), ("не начато", OPEN),
    ("отменено", DROPPED), ("בביצוע", BEGUN), ("בוטל", DROPPED), ("בוצע", DONE), ("בתהליך", BEGUN), ("הושלם", DONE),
    ("חסום", BLOCKED), ("טרם החל", OPEN), ("ממתין", OPEN), ("מתוכנן", OPEN), ("تم", DONE), ("جاري", BEGUN),
    ("قيد التنفيذ", BEGUN), ("لم يبدأ", OPEN), ("محظور", BLOCKED), ("مخطط", OPEN), ("معلق", BLOCKED),
    ("مكتمل", DONE), ("مكتملة", DONE), ("ملغى", DROPPED), ("เสร็จแล้ว", DONE), ("ブロック", BLOCKED),
    ("中止", DROPPED), ("予定", OPEN), ("保留", BLOCKED), ("取消", DROPPED), ("受阻", BLOCKED), ("完了", DONE),
    ("完成", DONE), ("已取消", DROPPED), ("已完成", DONE), ("废弃", DROPPED), ("开发中", BEGUN), ("待办", OPEN),
    ("待定", OPEN), ("待开始", OPEN), ("暂停", BLOCKED), ("未开始", OPEN), ("未着手", OPEN), ("规划中", OPEN),
    ("计划", OPEN), ("计划中", OPEN), ("进行", BEGUN), ("进行中", BEGUN), ("進行中", BEGUN), ("部分完成", BEGUN),
    ("阻塞", BLOCKED), ("계획", OPEN), ("대기", OPEN), ("보류", BLOCKED), ("예정", OPEN), ("완료", DONE),
    ("작업중", BEGUN), ("진행 중", BEGUN), ("진행중", BEGUN), ("차단", BLOCKED), ("취소", DROPPED),
];
