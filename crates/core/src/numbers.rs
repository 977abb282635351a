//! Functions of real numbers with the same bits on every platform; the standard library promises none.

/// Natural logarithm.
pub fn ln(x: f32) -> f32 {
    libm::logf(x)
}

/// Two to the power of `x`.
pub fn exp2(x: f32) -> f32 {
    libm::exp2f(x)
}

/// Sine of an angle in radians.
pub fn sin(x: f32) -> f32 {
    libm::sinf(x)
}

/// Cosine of an angle in radians.
pub fn cos(x: f32) -> f32 {
    libm::cosf(x)
}

/// Angle in radians whose sine this is.
pub fn asin(x: f32) -> f32 {
    libm::asinf(x)
}

/// Natural logarithm in double precision.
pub fn ln64(x: f64) -> f64 {
    libm::log(x)
}

/// Natural logarithm of the gamma function.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}
