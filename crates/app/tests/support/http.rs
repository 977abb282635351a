//! What the servers of the tests have in common: the head of a request, read whole.

use std::{
    io::{Read, Result},
    net::TcpStream,
};

/// The request with its headers; `None` where the line is closed before.
pub fn request(stream: &mut TcpStream) -> Result<Option<String>> {
    let mut request = Vec::new();
    let mut buffer = [0; 1024];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer)? {
            0 => return Ok(None),
            n => request.extend_from_slice(&buffer[..n]),
        }
    }
    Ok(Some(String::from_utf8_lossy(&request).into_owned()))
}

/// The path that it asks for.
pub fn path(request: &str) -> &str {
    request.split(' ').nth(1).unwrap_or("/")
}
