//! Words to expressions: what a phrase of time says, before anybody asks when "now" is.

mod amount;
mod calendar;
mod clock;
mod moment;
mod numbers;
mod range;
mod relative;
mod story;
mod stretch;

pub(super) use amount::iso_duration;

use super::words::{Kind, LEXICON, Lex, Name, Role, Season, Unit, Word};

/// Which one of a row: this Monday, last April, next year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Bare,
    /// The one just before, in this week or the last.
    Recent,
    Last,
    This,
    Next,
    /// The first one to come.
    Coming,
}

impl Which {
    pub(super) fn steps(self) -> i32 {
        match self {
            Self::Last | Self::Recent => -1,
            Self::Next | Self::Coming => 1,
            _ => 0,
        }
    }
}

/// From what an offset counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum From {
    /// The day of the report: "ago", "in".
    Report,
    /// What the text spoke of last: "later", "earlier", "before".
    Discourse,
    /// A date of its own: "two days after 3 May".
    Date(Box<Expr>),
    /// A happening that the report dates elsewhere: "a day after the attack"; with the piece where the amount ends.
    Event(String, usize),
}

/// A third of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Third {
    Early,
    Mid,
    Late,
}

/// An amount of time: "two years and a month". Vague ones ("a few days") say so.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    pub parts: Vec<(f64, Unit)>,
    pub vague: bool,
}

impl Amount {
    /// Whole minutes, of an amount of less than a day told in minutes and hours.
    pub(super) fn minutes(&self) -> Option<u16> {
        let minutes = self.parts.iter().map(|&(n, unit)| match unit {
            Unit::Hour => Some(n * 60.0),
            Unit::Minute => Some(n),
            _ => None,
        });
        minutes.sum::<Option<f64>>().filter(|minutes| (1.0..1440.0).contains(minutes)).map(|minutes| minutes as u16)
    }
}

/// What a phrase of time says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expr {
    /// Any part of a calendar date.
    Calendar {
        year: Option<i32>,
        month: Option<u8>,
        day: Option<u8>,
        weekday: Option<u8>,
        which: Which,
    },
    /// Days from the report: yesterday.
    Days(i32),
    /// The unit so many steps from the report's: last week.
    Shift(Unit, i32),
    /// A weekday; `week` counts from the report's week, where the words say it.
    Weekday {
        weekday: u8,
        which: Which,
        week: Option<i32>,
    },
    /// So much time before (negative) or after.
    Offset {
        amount: Amount,
        back: bool,
        from: From,
    },
    /// The past three days, the next two weeks.
    Stretch {
        amount: Amount,
        back: bool,
    },
    /// The same, the next, the previous one of what the text spoke of.
    Discourse(Unit, i32),
    Holiday {
        index: usize,
        year: Option<i32>,
        which: Which,
    },
    Season {
        season: Season,
        year: Option<i32>,
        which: Which,
        /// Told of every year: "the winters".
        every: bool,
    },
    /// A quarter (1 to 4) or a half (5, 6) of a year.
    Quarter {
        quarter: u8,
        year: Option<i32>,
        which: Which,
    },
    WeekNumber {
        week: u8,
        year: Option<i32>,
    },
    /// First year; with the century of the report where only the tens are told.
    Decade {
        year: i32,
        short: bool,
    },
    Century(i32),
    Part(Third, Box<Expr>),
    /// The nth (from -1, last) unit of a longer stretch: "the first week of May".
    Nth {
        n: i8,
        unit: Unit,
        count: u8,
        of: Box<Expr>,
    },
    /// Minutes of the day.
    Clock(u16),
    /// First and last minute of the day.
    Minutes(u16, u16),
    /// A day with a time or with a part of a day.
    At(Box<Expr>, Box<Expr>),
    /// A part of the calendar in a year told by other words: "October last year".
    InYear(Box<Expr>, Box<Expr>),
    Duration(Amount),
    Repeat(String),
    Between(Box<Expr>, Box<Expr>),
    /// The day of a happening that the report dates elsewhere: "since the attack".
    Event(String),
    /// The week that holds a day or, if true, starts on it: "the week of 3 March".
    WeekOf(Box<Expr>, bool),
    /// A weekday, month or season by the story: the one after (1) or before (-1) what the text spoke of, or in it (0).
    Story(Box<Expr>, i8),
    /// A day of a month told by other words: "the 5th of next month".
    DayOf(u8, Box<Expr>),
    /// The weekend beside a feast: "Easter weekend".
    WeekendOf(Box<Expr>),
    /// The week, month or year that it is: "the end of the year"; if true, what is left of it.
    Running(Unit, bool),
    Since(Box<Expr>),
    Until(Box<Expr>),
    Now,
    /// A value that needs nothing else.
    Fixed(String),
}

impl Expr {
    pub(super) fn year(year: i32) -> Self {
        Self::Calendar { year: Some(year), month: None, day: None, weekday: None, which: Which::Bare }
    }

    pub(super) fn month(month: u8, year: Option<i32>) -> Self {
        Self::Calendar { year, month: Some(month), day: None, weekday: None, which: Which::Bare }
    }

    pub(super) fn date(day: u8, month: u8, year: Option<i32>) -> Self {
        Self::Calendar { year, month: Some(month), day: Some(day), weekday: None, which: Which::Bare }
    }

    /// True for a stretch of the calendar, false for clocks, durations and repetitions.
    pub(super) fn is_date(&self) -> bool {
        !matches!(
            self,
            Self::Clock(_) | Self::Minutes(..) | Self::Duration(_) | Self::Repeat(_) | Self::Since(_) | Self::Until(_)
        )
    }

    pub(super) fn is_clock(&self) -> bool {
        match self {
            Self::Clock(_) | Self::Minutes(..) => true,
            Self::Between(a, b) => a.is_clock() && b.is_clock(),
            _ => false,
        }
    }

    /// True where the words alone fix the year.
    pub(super) fn own_year(&self) -> Option<i32> {
        match self {
            Self::Calendar { year, .. } | Self::Season { year, .. } | Self::Quarter { year, .. } => *year,
            Self::At(day, _) | Self::Part(_, day) | Self::InYear(day, _) | Self::Since(day) | Self::Until(day) => {
                day.own_year()
            }
            Self::Nth { of, .. } => of.own_year(),
            Self::Between(a, b) => a.own_year().or(b.own_year()),
            _ => None,
        }
    }
}

pub(super) type Parsed = Option<(Expr, usize)>;

/// A reader over the pieces of one text.
pub(super) struct Grammar<'t> {
    pub text: &'t str,
    pub lexes: &'t [Lex],
}

impl Grammar<'_> {
    /// The longest expression that starts at piece `i`, with the piece after it.
    pub(super) fn expression(&self, i: usize) -> Parsed {
        longest([self.bounded(i), self.range(i), self.repeat(i), self.moment(i), self.duration(i)])
    }

    // pieces

    pub(super) fn get(&self, i: usize) -> Option<&Lex> {
        self.lexes.get(i)
    }

    /// The piece at `i` if no line ends before it.
    pub(super) fn next(&self, i: usize) -> Option<&Lex> {
        self.get(i).filter(|lex| !lex.breaks)
    }

    pub(super) fn word(&self, i: usize) -> Word {
        self.next(i).map_or_else(Word::default, |lex| lex.word)
    }

    pub(super) fn role(&self, i: usize) -> Option<Role> {
        self.word(i).role
    }

    pub(super) fn is(&self, i: usize, role: Role) -> bool {
        self.role(i) == Some(role)
    }

    pub(super) fn one_of(&self, i: usize, roles: &[Role]) -> bool {
        self.role(i).is_some_and(|role| roles.contains(&role))
    }

    pub(super) fn mark(&self, i: usize, mark: char) -> bool {
        self.next(i).is_some_and(|lex| lex.kind == Kind::Mark(mark))
    }

    pub(super) fn form(&self, i: usize) -> &str {
        self.get(i).map_or("", |lex| lex.span.of(self.text))
    }

    pub(super) fn lower_is(&self, i: usize, words: &[&str]) -> bool {
        self.next(i).is_some() && words.iter().any(|word| self.form(i).eq_ignore_ascii_case(word))
    }

    /// True where the piece before has one of these roles.
    pub(super) fn after_one_of(&self, i: usize, roles: &[Role]) -> bool {
        i > 0 && self.get(i - 1).and_then(|lex| lex.word.role).is_some_and(|role| roles.contains(&role))
    }

    /// Skips one piece if it has this role.
    pub(super) fn skip(&self, i: usize, role: Role) -> usize {
        i + usize::from(self.is(i, role))
    }

    pub(super) fn skip_mark(&self, i: usize, mark: char) -> usize {
        i + usize::from(self.mark(i, mark))
    }

    pub(super) fn glued(&self, i: usize) -> bool {
        self.next(i).is_some_and(|lex| lex.glued)
    }

    /// A plain number in digits: value and digits.
    pub(super) fn digits(&self, i: usize) -> Option<(u32, u8)> {
        match self.get(i)?.kind {
            Kind::Number { value, digits, grouped: false } => Some((value, digits)),
            _ => None,
        }
    }

    pub(super) fn glued_digits(&self, i: usize) -> Option<(u32, u8)> {
        self.digits(i).filter(|_| self.glued(i))
    }

    /// Any stretch of the calendar, without a time of day.
    pub(super) fn date(&self, i: usize) -> Parsed {
        let lex = self.get(i)?;
        let word = lex.word;
        let number = matches!(lex.kind, Kind::Number { .. }) || word.number.is_some() || word.ordinal.is_some();
        let any = number
            || word.role.is_some()
            || word.month.is_some()
            || word.weekday.is_some()
            || word.days.is_some()
            || word.season.is_some()
            || word.decade.is_some()
            || word.names
            || word.unit.is_some()
            || lex.kind == Kind::Mark('\'')
            || matches!(self.form(i).as_bytes(), [b'q' | b'Q' | b'h' | b'H']);
        if !any {
            return None;
        }
        longest([
            self.story(i),
            self.day_of(i),
            self.holiday(i),
            self.calendar(i),
            self.weekday(i),
            self.relative(i),
            self.offset(i),
            self.season(i),
            self.quarter(i),
            self.decade(i),
            self.nth(i),
            self.part_of(i),
            self.day_alone(i),
        ])
    }
}

/// The one that ends last; the first of equals.
pub(super) fn longest<const N: usize>(found: [Parsed; N]) -> Parsed {
    found.into_iter().flatten().fold(None, |best: Parsed, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    })
}

/// True for a year, or a month of a year, that is told whole.
pub(super) fn is_coarse(expr: &Expr) -> bool {
    matches!(expr, Expr::Calendar { year: Some(_), day: None, .. })
}

/// True for what can carry a time of day.
pub(super) fn has_days(expr: &Expr) -> bool {
    match expr {
        Expr::Calendar { day, .. } => day.is_some(),
        Expr::Days(_) | Expr::Weekday { .. } | Expr::Holiday { .. } | Expr::DayOf(..) => true,
        Expr::InYear(date, _) | Expr::Story(date, _) => has_days(date),
        Expr::Discourse(unit, _) => *unit == Unit::Day,
        Expr::Offset { amount, .. } => amount.parts.iter().all(|part| part.1 >= Unit::Day && part.1 <= Unit::Week),
        _ => false,
    }
}

#[allow(clippy::many_single_char_names)]
pub(super) fn same_shape(a: &Expr, b: &Expr) -> bool {
    match (a, b) {
        (Expr::Calendar { month: m, day: d, .. }, Expr::Calendar { month: n, day: e, .. }) => {
            m.is_some() == n.is_some() && d.is_some() == e.is_some() || m.is_some() && n.is_some()
        }
        (Expr::At(a, _), b) => same_shape(a, b),
        (a, Expr::At(b, _)) => same_shape(a, b),
        (a, b) if a.is_clock() && b.is_clock() => true,
        (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}
