using Markdig.Syntax;

namespace MoocPlatform.Markup;

/// <summary>Something that lives elsewhere and has a card of its own in a text: <c>::resource https://… "Title" source="…" licence="…"</c>.</summary>
/// <param name="Url">The web address as it stands in the rendered link.</param>
/// <param name="Source">Who is behind it, as written; may be empty.</param>
/// <param name="Licence">As written, such as <c>CC BY-SA 3.0 IGO</c>; may be empty.</param>
public sealed record ExternalResource(string Url, string Title, string Source, string Licence)
{
    /// <summary>The resources of a text in their order. Empty when it has none or cannot be read.</summary>
    public static IReadOnlyList<ExternalResource> In(string markdown)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var text = Characters.Clean(markdown);
        if (text.Length > MarkdownRenderer.MaxLength || !text.Contains("::resource", StringComparison.Ordinal)) return [];
        try
        {
            var found = new List<ExternalResource>();
            foreach (var directive in Dialect.Parse(text).Descendants<Directive>().Where(d => d.Name == "resource"))
            {
                var line = DirectiveLine.Read(directive);
                if (Address.Of(line.Url) is { Kind: AddressKind.Web } address)
                    found.Add(new(address.Href, line.Title.Length > 0 ? line.Title : line.Url, line["source"] ?? "", line["licence"] ?? ""));
            }

            return found;
        }
        catch (Exception) // as when it is rendered: a text must never take anything down
        {
            return [];
        }
    }
}
