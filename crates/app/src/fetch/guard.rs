//! Which addresses of the network may be asked: public ones. A feed is a stranger's word, and must not make us ask the
//! machine we run on, or its neighbours, for anything.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// True for an address of the public internet.
pub fn public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => public_v4(v4),
        IpAddr::V6(v6) => public_v6(v6),
    }
}

/// True for an address of the own network: the machine itself, private and shared ranges. Link-local addresses are none, nor
/// are those at which clouds hand out keys to whoever asks.
pub fn own(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => own_v4(v4),
        IpAddr::V6(v6) => match v6.segments() {
            [0, 0, 0, 0, 0, 0xFFFF, high, low] => own_v4(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low))),
            // fd00:ec2::254
            [0xFD00, 0xEC2, 0, 0, 0, 0, 0, 0x254] => false,
            [first, ..] => v6.is_loopback() || first & 0xFE00 == 0xFC00,
        },
    }
}

fn own_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, d] = address.octets();
    matches!((a, b), (10 | 127, _) | (100, 64..=127) | (172, 16..=31) | (192, 168))
        && [a, b, c, d] != [100, 100, 100, 200]
}

/// What the IANA special-purpose registry calls globally reachable, less multicast.
fn public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

#[allow(clippy::match_same_arms, reason = "a line a range, as the registries list them")]
fn public_v6(address: Ipv6Addr) -> bool {
    let s = address.segments();
    let inner = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match s {
        // ::, ::1, and the old ::a.b.c.d.
        [0, 0, 0, 0, 0, 0, ..] => false,
        // ::ffff:a.b.c.d, ::ffff:0:a.b.c.d: an IPv4 address in other clothes.
        [0, 0, 0, 0, 0, 0xFFFF, high, low] | [0, 0, 0, 0, 0xFFFF, 0, high, low] => public_v4(inner(high, low)),
        // NAT64: 64:ff9b::a.b.c.d; the local-use 64:ff9b:1::/48 leads inside.
        [0x64, 0xFF9B, 0, 0, 0, 0, high, low] => public_v4(inner(high, low)),
        [0x64, 0xFF9B, ..] => false,
        // 6to4 and Teredo carry an IPv4 address.
        [0x2002, high, low, ..] => public_v4(inner(high, low)),
        [0x2001, 0, .., high, low] => public_v4(inner(!high, !low)),
        // Protocol assignments, documentation.
        [0x2001, 0x0001..=0x01FF | 0xDB8, ..] | [0x3FFF, 0..=0x0FFF, ..] => false,
        // Only 2000::/3 is given out; unique local, link-local, site-local and multicast lie outside.
        [first, ..] => first & 0xE000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_may_be_asked() {
        let inside = [
            "127.0.0.1",
            "127.8.8.8",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a00:1::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::ffff:80ff:fffe",
            "100::1",
        ];
        for address in inside {
            assert!(!public(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn the_own_network_is_neither_link_local_nor_a_store_of_keys() {
        for address in
            ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd12::1", "::ffff:10.0.0.1"]
        {
            assert!(own(address.parse().unwrap()), "{address}");
        }
        let never = [
            "169.254.169.254",
            "169.254.0.1",
            "::ffff:169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
            "100.100.100.200",
            "0.0.0.0",
            "224.0.0.1",
            "ff02::1",
            "64:ff9b::a9fe:a9fe",
            "1.1.1.1",
        ];
        for address in never {
            assert!(!own(address.parse().unwrap()), "{address}");
        }
    }

    #[test]
    fn the_public_internet_may_be_asked() {
        for address in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::101:101"]
        {
            assert!(public(address.parse().unwrap()), "{address}");
        }
    }
}
