//! GeoJSON: what has a place, a point each, with how exact it is: a point in a country is no place of an attack.

use serde_json::{Value, json};

use super::Row;

/// A feature; `None` where the place is not known to a point.
pub(super) fn feature(row: &Row) -> Option<Value> {
    let place = row.claim.record.place.as_ref()?;
    let (lat, lon) = (place.lat?, place.lon?);
    let mut properties = json!(row.claim);
    if let (Some(told), Some(object)) = (&row.told, properties.as_object_mut()) {
        object.extend(json!(told).as_object().cloned().unwrap_or_default());
    }
    let object = properties.as_object_mut()?;
    object.insert("geo_precision".into(), json!(place.precision));
    object.insert("day".into(), json!(row.day().map(|day| day.to_string())));
    Some(json!({
        "type": "Feature",
        "id": row.claim.id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }))
}
