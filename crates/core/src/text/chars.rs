//! What a character is to the tokenizer.

/// White space, controls, and the invisible marks that steer layout and direction: never part of a word.
pub fn is_gap(c: char) -> bool {
    match c {
        '!'..='~' => false,
        '\u{200B}'
        | '\u{FEFF}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{061C}'
        | '\u{2060}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{206F}' => true,
        _ => c.is_whitespace() || c.is_control(),
    }
}

/// Marks that belong to the character before them: accents, vowel signs, joiners, soft hyphens, variation selectors.
pub fn is_extender(c: char) -> bool {
    if c < '\u{AD}' {
        return false;
    }
    matches!(c,
        '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C5}'
        | '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' | '\u{730}'..='\u{74A}'
        | '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}' | '\u{F18}'..='\u{F19}' | '\u{F71}'..='\u{F84}'
        | '\u{102B}'..='\u{103E}' | '\u{135D}'..='\u{135F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
        | '\u{200C}' | '\u{200D}' | '\u{20D0}'..='\u{20F0}' | '\u{3099}'..='\u{309A}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0020}'..='\u{E007F}' | '\u{E0100}'..='\u{E01EF}')
        || (('\u{900}'..='\u{DFF}').contains(&c)
            && !c.is_alphanumeric()
            && !matches!(c, '\u{964}' | '\u{965}' | '\u{970}'))
}

/// Letters, digits, the low line, and whatever extends them.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && (c.is_alphanumeric() || is_extender(c)))
}

/// An apostrophe, straight or curly, or what typists use for one.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '´' | '`' | 'ʼ' | '＇')
}

/// The hyphen and its look-alikes inside words.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Opens a bracket.
pub fn is_opening_bracket(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '（' | '【')
}

/// Closes a bracket.
pub fn is_closing_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '】')
}

/// Any quotation mark.
pub fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂') || is_apostrophe(c)
}

/// A picture that others may be joined to.
pub fn is_picture(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Half of a flag.
pub fn is_flag_half(c: char) -> bool {
    matches!(c, '\u{1F1E6}'..='\u{1F1FF}')
}
