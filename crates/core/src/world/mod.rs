//! The world as the coder knows it: states, organisations, offices and their holders, and the nouns of roles.

pub mod actors;
mod asked;
mod attach;
pub mod dates;
pub mod figures;
pub mod history;
pub(crate) mod lists;
pub mod names;
pub mod people;
pub mod places;
pub(crate) mod scene;
pub mod table;
#[cfg(test)]
pub(crate) mod testing;

use std::{collections::HashMap, sync::OnceLock};

pub use table::TableError;

use crate::{
    day::Day,
    plover::SECTORS,
    world::{
        names::{Trie, words},
        people::{Holding, Sex},
        table::{Kind, Table, Text, list, nearest},
    },
};

/// Up to four PLOVER sectors, the primary one first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sectors([Option<&'static str>; 4]);

impl Sectors {
    /// One sector.
    pub const fn one(sector: &'static str) -> Self {
        Self([Some(sector), None, None, None])
    }

    /// In order.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.into_iter().flatten()
    }

    /// True when there is none.
    pub fn is_empty(self) -> bool {
        self.0[0].is_none()
    }

    /// True when one of them is this.
    pub fn has(self, sector: &str) -> bool {
        self.iter().any(|s| s == sector)
    }

    /// These, then those of `more` that are new, as long as there is room.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        for sector in more.iter() {
            if !self.has(sector)
                && let Some(free) = self.0.iter_mut().find(|s| s.is_none())
            {
                *free = Some(sector);
            }
        }
        self
    }
}

/// Number of a country code or tag in [`World::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(pub u16);

/// What a known name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityClass {
    /// A state or an entity like one.
    Country,
    /// A region or city that counts for a country.
    Region,
    /// An organisation of any kind.
    Organization,
    /// A person.
    Person,
}

/// Somebody or something known by name.
#[derive(Clone, Debug)]
pub struct Known {
    /// Canonical English name.
    pub name: Text,
    /// What it is.
    pub class: EntityClass,
    /// Country or tag; of a person the one of the first row.
    pub country: Code,
    /// Sectors; of a person those outside any office.
    pub sectors: Sectors,
    /// Wikidata item.
    pub wikidata: Text,
    /// Of a person.
    pub sex: Option<Sex>,
}

/// How a name stands for what it denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Its own name.
    Name,
    /// The name of its people, or the adjective.
    Demonym,
    /// The name of its seat of government.
    Capital,
    /// A family name alone, which many may share.
    Short,
}

/// One name of a known entity.
#[derive(Clone, Copy, Debug)]
pub struct Alias {
    /// Index in [`World::known`].
    pub entity: u32,
    /// How it stands for it.
    pub by: By,
    /// True when it counts only written in capitals ("US", "WHO").
    pub caps: bool,
}

/// What a role noun is a noun for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleKind {
    /// A person: soldier, minister.
    Person,
    /// People: civilians, protesters, residents.
    People,
    /// Many under arms: army, police, militia.
    Force,
    /// An institution: ministry, court, party.
    Body,
    /// What acts for its owner: drone, warship, office.
    Thing,
}

/// A role noun or title.
#[derive(Clone, Copy, Debug)]
pub struct Role {
    /// What it is a noun for.
    pub kind: RoleKind,
    /// Its sectors; where `of_owner`, only if the phrase tells of no body.
    pub sectors: Sectors,
    /// True when the sector is that of the body named with it: spokesman, official, member.
    pub of_owner: bool,
    /// Index in [`World::title`], for an office that one person holds at a time.
    pub office: Option<u16>,
    /// True when the noun is a plural form.
    pub plural: bool,
}

/// A file of a user's own: any of the tables of `crates/data/world`, known by its header.
pub struct UserFile<'f> {
    /// Name for error messages.
    pub name: &'f str,
    /// Content.
    pub text: &'f str,
}

/// All that is known of actors. Built once; lookups are by hash.
#[derive(Default)]
pub struct World {
    pub(crate) codes: Vec<Text>,
    by_code: HashMap<Text, Code>,
    pub(crate) known: Vec<Known>,
    people: HashMap<Text, u32>,
    pub(crate) names: Trie<Alias>,
    pub(crate) roles: Trie<Role>,
    titles: Vec<Text>,
    by_title: HashMap<Text, (u16, Sectors)>,
    /// Sorted by person after building.
    pub(crate) holdings: Vec<Holding>,
    /// Indices of `holdings` sorted by country, office and start.
    by_office: Vec<u32>,
    pub(crate) given: HashMap<u64, Sex>,
    /// The state of each country code.
    states: HashMap<Code, u32>,
    /// Tags of armed groups that fight a state, sorted.
    armed: Vec<Code>,
}

/// The world of this run.
static WORLD: OnceLock<World> = OnceLock::new();

impl World {
    /// The world of the built-in tables.
    ///
    /// ```
    /// use demarche_core::world::World;
    /// let world = World::embedded();
    /// assert_eq!(world.country("Myanmar"), world.country("Burma"));
    /// ```
    pub fn embedded() -> &'static World {
        WORLD.get_or_init(|| World::with(&[]).unwrap_or_else(|error| panic!("built-in table: {error}")))
    }

    /// Makes the tables of the user part of the world of this run: to be called before anything asks for the world.
    ///
    /// # Errors
    /// As for [`World::with`].
    ///
    /// # Panics
    /// When somebody has asked for the world before.
    pub fn extend(files: &[UserFile]) -> Result<(), TableError> {
        let world = World::with(files)?;
        assert!(WORLD.set(world).is_ok(), "the world is extended before it is asked for");
        Ok(())
    }

    /// The built-in tables with those of the user, whose names come first where both know one.
    ///
    /// # Errors
    /// A file whose header is that of no table, or with a row that cannot be used; with its line.
    pub fn with(files: &[UserFile]) -> Result<World, TableError> {
        let mut tables = Vec::with_capacity(12);
        for file in files {
            tables.push(Table::given(file.name, file.text)?);
        }
        for &(name, text) in demarche_data::WORLD {
            tables.push(Table::embedded(name, text)?);
        }
        // Offices name titles, and persons may have offices: titles first, given names before any phrase is read.
        tables.sort_by_key(|table| usize::from(table.kind != Kind::Titles));
        let rows: usize = tables.iter().map(|table| table.rows.len()).sum();
        let mut world =
            World { names: Trie::with_capacity(rows * 4), roles: Trie::with_capacity(4000), ..World::default() };
        world.known.reserve(rows);
        world.holdings.reserve(rows);
        for table in &tables {
            for (line, row) in &table.rows {
                world.add(table.kind, row).map_err(|message| table.error(*line, message))?;
            }
        }
        world.finish();
        let fights = |known: &&Known| known.sectors.has("REB") || known.sectors.has("PRM");
        let groups = world.known.iter().filter(fights).map(|known| known.country);
        world.armed = groups.filter(|&code| !world.is_state(code)).collect();
        world.armed.sort_unstable();
        world.armed.dedup();
        Ok(world)
    }

    fn add(&mut self, kind: Kind, row: &[Text]) -> Result<(), String> {
        if row[0].is_empty() || row[1].is_empty() && kind != Kind::Titles {
            return Err("the first two columns must be filled".into());
        }
        match kind {
            Kind::Countries => {
                let country = self.intern(&row[0]);
                let entity = self.entity(&row[1], EntityClass::Country, country, sectors(&row[6])?, &row[2]);
                if row[6].is_empty() {
                    self.states.entry(country).or_insert(entity);
                }
                self.name(&row[1], entity, By::Name);
                for (column, by) in [(3, By::Name), (4, By::Demonym), (5, By::Capital)] {
                    list(&row[column]).for_each(|name| self.name(&name, entity, by));
                }
            }
            Kind::Regions => {
                let country = self.code_of(&row[0])?;
                for name in list(&row[1]) {
                    let entity = self.entity(&name, EntityClass::Region, country, Sectors::default(), &Text::default());
                    self.name(&name, entity, By::Name);
                }
            }
            Kind::Organizations => {
                let country = self.intern(&row[0]);
                let entity = self.entity(&row[1], EntityClass::Organization, country, sectors(&row[2])?, &row[4]);
                self.name(&row[1], entity, By::Name);
                list(&row[3]).for_each(|name| self.name(&name, entity, By::Name));
            }
            Kind::Offices => self.add_office(row)?,
            Kind::Persons => self.add_person(row)?,
            Kind::Titles => {
                let office = self.titles.len() as u16;
                let own = sectors(&row[1])?;
                self.titles.push(row[0].clone());
                self.by_title.insert(row[0].clone(), (office, own));
                let role =
                    Role { kind: RoleKind::Person, sectors: own, of_owner: false, office: Some(office), plural: false };
                self.role(&row[0], role);
                list(&row[2]).for_each(|name| self.role(&name, role));
            }
            Kind::Agents => {
                let kind = match &*row[0] {
                    "person" => RoleKind::Person,
                    "people" => RoleKind::People,
                    "force" => RoleKind::Force,
                    "body" => RoleKind::Body,
                    "thing" => RoleKind::Thing,
                    other => {
                        let known = ["person", "people", "force", "body", "thing"];
                        return Err(format!("no kind `{other}`, did you mean `{}`?", nearest(other, &known)));
                    }
                };
                let of_owner = row[1].starts_with('?');
                let sectors = sectors(row[1].trim_start_matches('?'))?;
                let role = Role { kind, sectors, of_owner, office: None, plural: false };
                list(&row[2]).for_each(|noun| self.role(&noun, role));
            }
            Kind::GivenNames => {
                let sex = Sex::from_letter(&row[0])?;
                list(&row[1]).for_each(|name| {
                    self.given.entry(names::word_hash(&name)).or_insert(sex);
                });
            }
        }
        Ok(())
    }

    fn add_office(&mut self, row: &[Text]) -> Result<(), String> {
        let [country, title, holder, from, until, sex, aliases, wikidata] = row else { unreachable!("eight columns") };
        let country = self.intern(country);
        let Some(&(office, own)) = self.by_title.get(title) else {
            let known: Vec<&str> = self.titles.iter().map(|t| &**t).collect();
            return Err(format!("no office `{title}`, did you mean `{}`?", nearest(title, &known)));
        };
        let person = self.person(holder, country, sex, wikidata)?;
        list(aliases).for_each(|name| self.name(&name, person, By::Name));
        let (from, until) = (people::from_day(from)?, people::until_day(until)?);
        self.holdings.push(Holding { person, country, office: Some(office), sectors: own, from, until });
        Ok(())
    }

    fn add_person(&mut self, row: &[Text]) -> Result<(), String> {
        let [country, name, own, sex, from, until, aliases, wikidata] = row else { unreachable!("eight columns") };
        let country = self.intern(country);
        let sectors = sectors(own)?;
        let person = self.person(name, country, sex, wikidata)?;
        list(aliases).for_each(|name| self.name(&name, person, By::Name));
        let (from, until) = (people::from_day(from)?, people::until_day(until)?);
        self.holdings.push(Holding { person, country, office: None, sectors, from, until });
        Ok(())
    }

    /// The person of this name, new or from an earlier row.
    fn person(&mut self, name: &Text, country: Code, sex: &str, wikidata: &Text) -> Result<u32, String> {
        if name.is_empty() {
            return Err("the holder must be named".into());
        }
        let sex = if sex.is_empty() { None } else { Some(Sex::from_letter(sex)?) };
        if let Some(&found) = self.people.get(name) {
            let person = &mut self.known[found as usize];
            person.sex = person.sex.or(sex);
            if person.wikidata.is_empty() {
                person.wikidata.clone_from(wikidata);
            }
            return Ok(found);
        }
        let person = self.entity(name, EntityClass::Person, country, Sectors::default(), wikidata);
        self.known[person as usize].sex = sex;
        self.people.insert(name.clone(), person);
        self.name(name, person, By::Name);
        let surname_first = people::surname_first(&self.codes[country.0 as usize]);
        people::short_names(name, surname_first).for_each(|short| self.name(&short, person, By::Short));
        Ok(person)
    }

    fn entity(&mut self, name: &Text, class: EntityClass, country: Code, sectors: Sectors, wikidata: &Text) -> u32 {
        let (name, wikidata) = (name.clone(), wikidata.clone());
        self.known.push(Known { name, class, country, sectors, wikidata, sex: None });
        self.known.len() as u32 - 1
    }

    fn name(&mut self, name: &str, entity: u32, by: By) {
        let caps = by != By::Short
            && name.len() <= 6
            && name.chars().any(char::is_uppercase)
            && !name.chars().any(char::is_lowercase);
        self.names.add(words(name), Alias { entity, by, caps });
    }

    fn role(&mut self, noun: &str, role: Role) {
        self.roles.add(words(noun), role);
        if let Some(plural) = people::plural(noun) {
            self.roles.add(words(&plural), Role { plural: true, ..role });
        }
    }

    fn intern(&mut self, code: &Text) -> Code {
        if let Some(&known) = self.by_code.get(code) {
            return known;
        }
        let new = Code(self.codes.len() as u16);
        self.codes.push(code.clone());
        self.by_code.insert(code.clone(), new);
        new
    }

    fn code_of(&mut self, code: &Text) -> Result<Code, String> {
        if code.len() < 2 || code.chars().any(char::is_lowercase) {
            return Err(format!("`{code}` is no country code; ISO alpha-3 or a tag in capitals is wanted"));
        }
        Ok(self.intern(code))
    }

    fn finish(&mut self) {
        self.holdings.sort_by_key(|holding| holding.person);
        let mut order: Vec<u32> = (0..self.holdings.len() as u32).collect();
        let key = |&i: &u32| {
            let holding = &self.holdings[i as usize];
            (holding.country, holding.office, holding.from)
        };
        order.sort_by_key(key);
        self.by_office = order;
    }

    /// First and last day of the offices that a person is known to have held, as [`Day::number`]; open ends are
    /// `i32::MIN` and `i32::MAX`. `None` for somebody without a dated office.
    pub fn in_office(&self, name: &str) -> Option<(i32, i32)> {
        let &person = self.people.get(name)?;
        let first = self.holdings.partition_point(|holding| holding.person < person);
        let terms = self.holdings[first..].iter().take_while(|holding| holding.person == person);
        let terms: Vec<_> = terms.filter(|holding| holding.office.is_some()).collect();
        let from = terms.iter().map(|term| term.from).min()?;
        let until = terms.iter().map(|term| term.until).max()?;
        Some((from, until))
    }

    /// The letters of a country code or tag.
    pub fn code(&self, code: Code) -> &str {
        &self.codes[code.0 as usize]
    }

    /// The number of a country code or tag that some row has.
    pub fn find_code(&self, code: &str) -> Option<Code> {
        self.by_code.get(code).copied()
    }

    /// The title with this number: "foreign minister".
    pub fn title(&self, office: u16) -> &str {
        &self.titles[office as usize]
    }

    /// The code of the state with this name, whatever its case.
    pub fn country(&self, name: &str) -> Option<&str> {
        let alias = self
            .names
            .get(name)
            .find(|alias| alias.by == By::Name && self.known[alias.entity as usize].class == EntityClass::Country)?;
        Some(self.code(self.known[alias.entity as usize].country))
    }

    /// Canonical English name of the state with this code.
    pub fn state_name(&self, code: Code) -> Option<&str> {
        self.states.get(&code).map(|&entity| &*self.known[entity as usize].name)
    }

    /// The code of the state of this canonical name.
    pub(crate) fn find_state(&self, name: &str) -> Option<Code> {
        let codes = (0..self.codes.len() as u16).map(Code);
        codes.into_iter().find(|&code| self.state_name(code) == Some(name))
    }

    pub(crate) fn state(&self, code: Code) -> Option<u32> {
        self.states.get(&code).copied()
    }

    /// True for a state's code, false for the tag of an organisation or group.
    pub fn is_state(&self, code: Code) -> bool {
        self.states.contains_key(&code)
    }

    /// True for the tag of a rebel or paramilitary group: one that can be a side in a war.
    pub fn is_armed(&self, code: Code) -> bool {
        self.armed.binary_search(&code).is_ok()
    }

    /// The first organisation with this tag: the group itself, before its wings.
    pub(crate) fn group(&self, code: Code) -> Option<u32> {
        let first =
            self.known.iter().position(|known| known.country == code && known.class == EntityClass::Organization);
        first.map(|at| at as u32)
    }

    /// True where a country may have such an office: a kingdom has no president, a republic no king.
    pub(crate) fn may_have(&self, country: Code, office: u16) -> bool {
        let (title, code) = (self.title(office), self.code(country));
        let kingdom = || lists::holds_form(&lists::LISTS.kingdoms, code);
        match lists::LISTS.office_states.get(title) {
            Some(states) => lists::holds_form(states, code),
            None if title == "president" => !kingdom(),
            None => !lists::holds_form(&lists::LISTS.crowns, title) || kingdom(),
        }
    }

    /// Who holds an office of a country on a day; without a day the latest who held it.
    pub fn holder(&self, country: Code, office: u16, day: Option<Day>) -> Option<u32> {
        let key = |&i: &u32| {
            let holding = &self.holdings[i as usize];
            (holding.country, holding.office)
        };
        let from = self.by_office.partition_point(|i| key(i) < (country, Some(office)));
        let until = self.by_office.partition_point(|i| key(i) <= (country, Some(office)));
        let holdings = || self.by_office[from..until].iter().map(|&i| &self.holdings[i as usize]);
        let found = match day {
            Some(day) => holdings().rfind(|h| h.covers(day.number() as i32)),
            None => holdings().next_back(),
        };
        found.map(|holding| holding.person)
    }
}

/// Reads a list of sector codes.
fn sectors(field: &str) -> Result<Sectors, String> {
    let mut out = Sectors::default();
    for name in field.split('|').map(str::trim).filter(|name| !name.is_empty()) {
        let known = SECTORS.iter().find(|s| **s == name);
        let sector = known.ok_or_else(|| format!("no sector `{name}`, did you mean `{}`?", nearest(name, SECTORS)))?;
        out = out.and(Sectors::one(sector));
    }
    Ok(out)
}
