//! Files in a zip. The only file that knows the crate; what is packed is inflated by our own bounded reader.

use std::{
    cell::Cell,
    io::{BufReader, Read, SeekFrom},
    rc::Rc,
};

use ::zip::{CompressionMethod, ZipArchive};

use crate::{
    ReadError,
    member::{Member, ReadSeek, Seekable},
    source::{Budget, inflate},
};

/// An open zip.
pub struct Zip {
    whole: Seekable,
    directory: ZipArchive<Box<dyn ReadSeek>>,
    /// Indexes of its files, by the bytes of their names.
    order: std::vec::IntoIter<usize>,
    /// One for all files: what they inflate to is held against the size of the zip.
    budget: Budget,
}

/// Opens a zip by its directory.
pub fn open(whole: Seekable) -> Result<Zip, ReadError> {
    let damaged = |error: ::zip::result::ZipError| ReadError::Damaged { what: format!("the zip's directory: {error}") };
    let directory = ZipArchive::new(whole.open()?).map_err(damaged)?;
    let names: Vec<&[u8]> = directory.file_names_raw().collect();
    if names.iter().any(|name| matches!(*name, b"[Content_Types].xml" | b"mimetype")) {
        return Err(ReadError::Binary { what: "an office document" });
    }
    let mut order: Vec<(Vec<u8>, usize)> =
        names.iter().enumerate().map(|(index, name)| (name.to_vec(), index)).collect();
    order.sort();
    let order: Vec<usize> = order.into_iter().map(|(_, index)| index).collect();
    let budget = Budget { read: Rc::new(Cell::new(whole.length()?)), out: Rc::default() };
    Ok(Zip { whole, directory, order: order.into_iter(), budget })
}

impl Zip {
    /// The next file, hidden ones left out.
    pub fn next(&mut self) -> Option<Result<Member, (String, ReadError)>> {
        loop {
            let index = self.order.next()?;
            match self.member(index) {
                Ok(Some(member)) => return Some(Ok(member)),
                Ok(None) => {}
                Err((name, error)) => return Some(Err((name, error))),
            }
        }
    }

    fn member(&mut self, index: usize) -> Result<Option<Member>, (String, ReadError)> {
        let fail = |name: &str, what: String| (name.to_owned(), ReadError::Damaged { what });
        let file = self.directory.by_index_raw(index).map_err(|error| fail("", error.to_string()))?;
        let name = String::from_utf8_lossy(file.name_raw()).into_owned();
        if outside(&name) {
            return Err((name, ReadError::Outside));
        }
        if file.is_dir() || hidden(&name) {
            return Ok(None);
        }
        if file.encrypted() {
            return Err((name, ReadError::Locked));
        }
        let (method, length) = (file.compression(), file.compressed_size());
        let start = file.data_start().ok_or_else(|| fail(&name, "it has no place in the zip".to_owned()))?;
        drop(file);
        let opened = self.whole.open().and_then(|mut bytes| bytes.seek(SeekFrom::Start(start)).map(|_| bytes));
        let packed = BufReader::new(opened.map_err(|error| (name.clone(), error.into()))?.take(length));
        if let Some(spent) = self.budget.spent().filter(|_| method == CompressionMethod::DEFLATE) {
            return Err((name, spent));
        }
        let bytes: crate::source::Bytes = match method {
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::DEFLATE => Box::new(BufReader::new(inflate(packed, self.budget.clone()))),
            other => return Err(fail(&name, format!("packed by {other}; only deflate is read"))),
        };
        Ok(Some(Member { name, url: None, charset: None, bytes }))
    }
}

/// Names by which a careless program would write over files beside its folder. Nothing is written here, but who made the
/// archive means no good.
pub fn outside(name: &str) -> bool {
    name.split(['/', '\\']).any(|part| part == "..")
}

/// Files that systems add, and those whose name begins with a point.
pub fn hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.') && part.len() > 1 || part == "__MACOSX")
}
