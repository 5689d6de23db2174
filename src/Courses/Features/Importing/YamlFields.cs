using System.Globalization;
using MoocPlatform.Courses.Domain;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>
/// A YAML mapping read field by field; whatever is wrong is noted with its line and reading goes on, so that one pass finds all mistakes.
/// </summary>
internal sealed class YamlFields
{
    private const int Deepest = 16;

    private readonly Dictionary<string, (YamlNode Key, YamlNode Value)> fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> read = new(StringComparer.Ordinal);
    private readonly Action<int, FormattableString> problem;
    private readonly int linesBefore;
    private readonly int line;

    private YamlFields(YamlMappingNode mapping, int linesBefore, Action<int, FormattableString> problem)
    {
        (this.linesBefore, this.problem, line) = (linesBefore, problem, LineOf(mapping, linesBefore));
        foreach (var (key, value) in mapping.Children)
            fields[key is YamlScalarNode { Value: { } name } ? name : ""] = (key, value);
    }

    /// <summary>Reads a text that is one mapping. Null: it is not, and why has been noted.</summary>
    /// <param name="linesBefore">Lines of the file before the text.</param>
    public static YamlFields? Of(string text, int linesBefore, Action<int, FormattableString> problem)
    {
        try
        {
            RefuseDepth(text);
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode mapping }])
                return new(mapping, linesBefore, problem);
            problem(linesBefore + 1, $"Settings are lines of the form “name: value”.");
        }
        catch (YamlException e)
        {
            problem((int)e.Start.Line + linesBefore, $"This is not valid YAML: {e.Message}");
        }
        catch (InvalidOperationException)
        {
            // The library's own slip, in a list that is never closed: it names no place.
            problem(linesBefore + 1, $"This is not valid YAML: look for a bracket that does not close.");
        }

        return null;
    }

    public bool Has(string name) => fields.ContainsKey(name);

    public int Line(string name) => fields.TryGetValue(name, out var f) ? LineOf(f.Key, linesBefore) : line;

    public void Problem(string name, FormattableString message) => problem(Line(name), message);

    /// <summary>A text; empty when it is missing, which is noted unless <paramref name="optional"/>.</summary>
    public string Text(string name, int longest, bool optional = false)
    {
        if (Value(name, optional) is not { } value)
            return "";
        if (value is not YamlScalarNode { Value: var text })
        {
            Problem(name, $"“{name}” is a text.");
            return "";
        }

        text = ItemFile.LineFeeds(text ?? "").Trim();
        if (!ItemFile.CanBeKept(text))
            Problem(name, $"“{name}” holds characters that are no text.");
        if (text.Length == 0 && !optional)
            Problem(name, $"“{name}” is empty.");
        if (text.Length > longest)
            Problem(name, $"“{name}” has {text.Length} characters; {longest} are allowed.");
        return text;
    }

    public string OneOf(string name, string missing, IReadOnlyCollection<string> allowed)
    {
        var text = Text(name, 60, optional: true);
        if (text.Length == 0)
            return missing;
        if (!allowed.Contains(text))
            Problem(name, $"“{name}” is one of: {string.Join(", ", allowed)}.");
        return text;
    }

    public int Whole(string name, int least, int most, int missing)
    {
        if (Text(name, 20, optional: true) is not { Length: > 0 } text)
            return missing;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Problem(name, $"“{name}” is a whole number from {least} to {most}.");
        return missing;
    }

    /// <summary>A number of at most two decimals.</summary>
    public decimal Number(string name, decimal least, decimal most, decimal missing)
    {
        if (Text(name, 20, optional: true) is not { Length: > 0 } text)
            return missing;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most && decimal.Round(number, 2) == number)
            return number;
        Problem(name, $"“{name}” is a number from {least} to {most}, with at most two decimals.");
        return missing;
    }

    /// <summary>A date inside a run: <c>{ day: 7, time: "08:00" }</c>.</summary>
    public Offset? Offset(string name)
    {
        if (Map(name) is not { } offset)
            return null;
        var days = offset.Whole("day", 0, 3650, 0);
        var time = offset.Text("time", 30, optional: true);
        var at = TimeOnly.MinValue;
        if (time.Length > 0 && !TimeOnly.TryParseExact(time, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out at))
            offset.Problem("time", $"“time” is written in quotation marks as \"HH:mm\", from \"00:00\" to \"23:59\".");
        offset.NothingElse();
        return new(days, at);
    }

    public YamlFields? Map(string name)
    {
        if (Value(name, optional: true) is not { } value)
            return null;
        if (value is YamlMappingNode mapping)
            return new(mapping, linesBefore, problem);
        Problem(name, $"“{name}” has settings of its own: {{ name: value }}.");
        return null;
    }

    public IReadOnlyList<string> Lines(string name, int longest)
    {
        var texts = new List<string>();
        foreach (var entry in Entries(name))
        {
            if (entry is YamlScalarNode { Value: { } text } && ItemFile.LineFeeds(text).Trim() is { Length: > 0 } line && line.Length <= longest && ItemFile.CanBeKept(line))
                texts.Add(line);
            else
                problem(LineOf(entry, linesBefore), $"Each of “{name}” is a text of at most {longest} characters.");
        }

        return texts;
    }

    public IReadOnlyList<YamlFields> Maps(string name)
    {
        var maps = new List<YamlFields>();
        foreach (var entry in Entries(name))
        {
            if (entry is YamlMappingNode mapping)
                maps.Add(new(mapping, linesBefore, problem));
            else
                problem(LineOf(entry, linesBefore), $"Each of “{name}” has settings of its own: name: value.");
        }

        return maps;
    }

    /// <summary>Notes every field that nobody has read: most often a slip of the pen.</summary>
    public void NothingElse()
    {
        foreach (var name in fields.Keys.Where(k => !read.Contains(k)))
            Problem(name, $"There is no setting “{name}” here.");
    }

    private IEnumerable<YamlNode> Entries(string name)
    {
        var value = Value(name, optional: true);
        if (value is null or YamlSequenceNode)
            return ((YamlSequenceNode?)value)?.Children ?? [];
        Problem(name, $"“{name}” is a list: one line each, beginning with a hyphen.");
        return [];
    }

    private YamlNode? Value(string name, bool optional)
    {
        read.Add(name);
        if (fields.TryGetValue(name, out var field))
            return field.Value;
        if (!optional)
            problem(line, $"“{name}” is missing.");
        return null;
    }

    private static int LineOf(YamlNode node, int linesBefore) => (int)node.Start.Line + linesBefore;

    // The tree is built by recursion: a text of ten thousand brackets would end the process.
    private static void RefuseDepth(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext(); depth += parser.Current!.NestingIncrease)
        {
            if (depth > Deepest)
                throw new YamlException(parser.Current!.Start, parser.Current.End, "it is nested too deeply.");
            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
                throw new YamlException(parser.Current.Start, parser.Current.End, "anchors and aliases are not used here.");
        }
    }
}
