//! Bytes of any kind to reports.
