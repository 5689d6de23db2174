using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MoocPlatform.Enrollment.Domain.Badges;

/// <summary>A credential baked into SVG (Open Badges 3.0, section 5.3): the first element says it, in a namespace of its own.</summary>
internal static class BakedSvg
{
    private const string Name = "https://purl.imsglobal.org/ob/v3p0";

    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 2_000_000 };

    /// <summary>Bakes a compact JWS into a drawing of ours.</summary>
    public static byte[] Bake(string svg, string jws)
    {
        var end = svg.IndexOf('>', StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes($"""{svg[..end]} xmlns:openbadges="{Name}"><openbadges:credential verify="{Emblem.Xml(jws)}"/>{svg[(end + 1)..]}""");
    }

    /// <summary>What was baked in: JSON or a compact JWS. Null: nothing, or more than one thing, or no SVG.</summary>
    public static string? Baked(string svg)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(svg), Strict);
            var said = XDocument.Load(reader).Root!.Elements(XName.Get("credential", Name)).ToList();
            if (said.Count != 1)
                return null;
            return said[0].Attribute("verify")?.Value is { Length: > 0 } verify ? verify : said[0].Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
