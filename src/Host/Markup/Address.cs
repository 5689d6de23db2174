using System.Text;

namespace MoocPlatform.Markup;

internal enum AddressKind
{
    /// <summary>A scheme, host or character that we do not link to.</summary>
    Refused,
    Web,
    Mail,

    /// <summary>Relative: another page of the course or of this site.</summary>
    Page,

    /// <summary>A place on the same page.</summary>
    Fragment,

    /// <summary>Relative, a file of the course: <c>assets/…</c>.</summary>
    Asset,
}

/// <summary>
/// The one judge of where a link or an image may lead. It sees the address as Markdig has decoded it, so entities and backslashes hide nothing,
/// and lets through by name: <c>http</c>, <c>https</c>, <c>mailto</c> and addresses without a scheme.
/// </summary>
/// <param name="Href">Percent-encoded, ready for an attribute.</param>
/// <param name="Host">Of a web address, as the browser will read it.</param>
/// <param name="Asset">Of a file: <c>assets/name</c> as it is called in the course folder.</param>
internal readonly record struct Address(AddressKind Kind, string Href, string Host = "", string Asset = "")
{
    private const string AssetFolder = "assets/";
    private static readonly Address Refused = new(AddressKind.Refused, "");

    public static Address Of(string? written, string assetBase = "")
    {
        var url = (written ?? "").Trim(' ');
        if (url.Length == 0 || url.Any(char.IsControl)) return Refused; // browsers drop tabs and line ends inside a scheme

        var scheme = url.IndexOfAny([':', '/', '?', '#']);
        if (scheme >= 0 && url[scheme] == ':') return WithScheme(url, url[..scheme]);
        if (url[0] == '#') return new(AddressKind.Fragment, url);

        // "//host", and what browsers read as the same: "/\host", "\\host"
        if (url[0] == '\\' || (url[0] == '/' && url.Length > 1 && url[1] is '/' or '\\')) return Refused;

        var path = url.StartsWith("./", StringComparison.Ordinal) ? url[2..] : url;
        return path.StartsWith(AssetFolder, StringComparison.Ordinal) ? File(path, assetBase) : new(AddressKind.Page, Encode(url));
    }

    private static Address WithScheme(string url, string scheme)
    {
        if (scheme.Equals("mailto", StringComparison.OrdinalIgnoreCase)) return new(AddressKind.Mail, Encode(url));

        var isWeb = scheme.Equals("https", StringComparison.OrdinalIgnoreCase) || scheme.Equals("http", StringComparison.OrdinalIgnoreCase);
        if (!isWeb || !url.AsSpan(scheme.Length).StartsWith("://") || url.Contains('\\')) return Refused;

        // Nobody links with a user name but to make one host look like another.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0) return Refused;
        if (uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4)) return Refused;

        // Written anew from what was understood, so that the host we name is the host that is visited.
        var afterHost = url.AsSpan(scheme.Length + 3).IndexOfAny('/', '?', '#');
        var rest = afterHost < 0 ? "" : url[(scheme.Length + 3 + afterHost)..];
        var port = uri.IsDefaultPort ? "" : $":{uri.Port}";
        return new(AddressKind.Web, $"{uri.Scheme}://{uri.IdnHost}{port}{Encode(rest)}", uri.IdnHost);
    }

    private static Address File(string path, string assetBase)
    {
        var end = path.IndexOfAny(['?', '#']);
        var name = Uri.UnescapeDataString(end < 0 ? path : path[..end]);
        if (name.Contains('\\') || name.Any(char.IsControl) || name.Split('/').Any(part => part is "" or "." or "..")) return Refused;

        var href = assetBase.Length == 0 ? Encode(path) : assetBase.TrimEnd('/') + "/" + Encode(path[AssetFolder.Length..]);
        return new(AddressKind.Asset, href, Asset: name);
    }

    // What RFC 3986 allows stays, percent signs included; all else is written as UTF-8 bytes.
    private static string Encode(string url)
    {
        var encoded = new StringBuilder(url.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in url.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || "-._~:/?#@!$&'()*+,;=%".Contains((char)rune.Value)))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var b in bytes[..rune.EncodeToUtf8(bytes)]) encoded.Append('%').Append(b.ToString("X2", null));
        }

        return encoded.ToString();
    }
}
