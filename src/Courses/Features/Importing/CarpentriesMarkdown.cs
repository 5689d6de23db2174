using System.Text;
using System.Text.RegularExpressions;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>
/// The Markdown of the Carpentries Workbench (Pandoc's fenced divisions and attributes) in the dialect of this platform, line by line. What has no
/// counterpart is written as what comes nearest, and told.
/// </summary>
/// <param name="address">The new address of a link; null: as it is.</param>
/// <param name="tell">Hears what was written differently, once for each kind.</param>
internal sealed partial class CarpentriesMarkdown(Func<string, string?> address, Action<FormattableString> tell)
{
    private static readonly Dictionary<string, (string Mark, string Title)> Divisions = new(StringComparer.Ordinal)
    {
        ["objectives"] = ("TIP", "You will be able to"),
        ["questions"] = ("NOTE", "Questions"),
        ["keypoints"] = ("IMPORTANT", "Key points"),
        ["prereq"] = ("NOTE", "Prerequisites"),
        ["challenge"] = ("IMPORTANT", "Challenge"),
        ["discussion"] = ("NOTE", "Discussion"),
        ["solution"] = ("TIP", "Solution"),
        ["hint"] = ("TIP", "Hint"),
        ["spoiler"] = ("TIP", "More"),
        ["caution"] = ("CAUTION", "Caution"),
        ["warning"] = ("WARNING", "Warning"),
        ["checklist"] = ("NOTE", "Checklist"),
    };

    private static readonly HashSet<string> Languages = new(StringComparer.Ordinal) { "yaml", "html", "python", "javascript", "json", "css", "bash", "markdown", "text" };

    private readonly StringBuilder text = new();
    private readonly Stack<string> open = new();
    private string fence = "";
    private int blank = -1; // the depth of the empty line that was written last
    private int divisions;
    private int folded;
    private int forInstructors;
    private int fences;
    private int pictures;
    private int keys;
    private int links;

    public string Rewrite(string markdown)
    {
        var lines = markdown.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            var mark = FenceMark().Match(line);
            if (fence.Length > 0)
            {
                if (mark.Success && mark.Groups["info"].Length == 0 && mark.Groups["fence"].Value.StartsWith(fence, StringComparison.Ordinal))
                    fence = "";
                Put(lines[i]);
            }
            else if (mark.Success)
            {
                fence = mark.Groups["fence"].Value;
                Put(Fence(line, mark.Groups["info"].Value.Trim()));
            }
            else if (line.StartsWith(":::", StringComparison.Ordinal))
            {
                Division(line.Trim(':', ' '), lines, ref i);
            }
            else if (!Kramdown().IsMatch(line))
            {
                Put(Inline(line));
            }
        }

        Tell();
        return text.ToString();
    }

    // A division opens with its kind and closes without; its first heading is its title.
    private void Division(string kind, string[] lines, ref int i)
    {
        if (kind.Length == 0)
        {
            if (open.Count > 0)
                open.Pop();
            Put("", quoted: open.Count > 0);
            return;
        }

        kind = kind.Trim('{', '}', '.').Split(' ')[0].ToLowerInvariant();
        if (kind == "instructor")
            forInstructors++;
        else
            divisions++;
        if (kind is "solution" or "hint" or "spoiler")
            folded++;
        Put("", quoted: open.Count > 0);
        open.Push(kind);
        var (mark, title) = Divisions.GetValueOrDefault(kind, ("NOTE", ""));
        var next = i + 1;
        while (next < lines.Length && lines[next].Trim().Length == 0)
            next++;
        if (next < lines.Length && lines[next].StartsWith('#'))
        {
            var own = Inline(lines[next].TrimStart('#').Trim());
            title = title.Length == 0 || own.StartsWith(title, StringComparison.OrdinalIgnoreCase) ? own : kind is "challenge" or "solution" ? $"{title}: {own}" : own;
            i = next;
        }

        Put($"[!{mark}] {title}".TrimEnd());
    }

    private string Fence(string line, string info)
    {
        var language = info.Trim('{', '}', '.').Split(' ', ',')[0].ToLowerInvariant();
        if (language.Length == 0 || (language == info && Languages.Contains(language)))
            return line;
        fences++;
        return line[..(line.Length - info.Length)].TrimEnd() + (Languages.Contains(language) ? language : "text");
    }

    private string Inline(string line)
    {
        line = Picture().Replace(line, match =>
        {
            pictures++;
            var alternative = Alternative().Match(match.Groups["attributes"].Value);
            var words = alternative.Success ? alternative.Groups["text"].Value : match.Groups["alt"].Value;
            var caption = alternative.Success && match.Groups["alt"].Length > 0 ? $" \"{match.Groups["alt"].Value.Replace("\"", "'", StringComparison.Ordinal)}\"" : "";
            return $"![{words.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal)}]({address(match.Groups["to"].Value) ?? match.Groups["to"].Value}{caption})";
        });
        line = Key().Replace(line, match =>
        {
            keys++;
            return $"`{match.Groups["key"].Value}`";
        });
        return Link().Replace(line, match =>
        {
            if (address(match.Groups["to"].Value) is not { } to)
                return match.Value;
            links++;
            return $"]({to})";
        });
    }

    private void Put(string line, bool? quoted = null)
    {
        if (open.Contains("instructor"))
            return;
        var depth = quoted == false ? 0 : open.Count;
        if (line.Length == 0 && fence.Length == 0 && blank == depth)
            return; // one empty line is enough
        blank = line.Length == 0 ? depth : -1;
        text.Append(string.Concat(Enumerable.Repeat("> ", depth)).TrimEnd()).Append(depth > 0 && line.Length > 0 ? " " : "").Append(line).Append('\n');
    }

    private void Tell()
    {
        if (divisions > 0)
            tell($"{divisions} fenced divisions became call-outs.");
        if (folded > 0)
            tell($"{folded} solutions, hints and spoilers that were folded stand open now.");
        if (forInstructors > 0)
            tell($"{forInstructors} notes for instructors were left out.");
        if (fences > 0)
            tell($"{fences} code blocks have another language name: output, error and source became text.");
        if (pictures > 0)
            tell($"{pictures} pictures have their alternative text in the place where it stands here.");
        if (keys > 0)
            tell($"{keys} keys of the keyboard became code.");
        if (links > 0)
            tell($"{links} links to pages and files of the lesson have new addresses.");
    }

    [GeneratedRegex(@"^ {0,9}(?<fence>`{3,}|~{3,})(?<info>[^`]*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FenceMark();

    [GeneratedRegex(@"!\[(?<alt>[^\]]*)\]\((?<to>[^()\s]+)\)(\{(?<attributes>[^{}]*)\})?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Picture();

    [GeneratedRegex(@"alt=(?<quote>['""])(?<text>.*)\k<quote>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alternative();

    [GeneratedRegex("<kbd>(?<key>[^<`]{1,20})</kbd>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex(@"(?<!^!\[[^\]]*)\]\((?<to>[^()\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s*\{:[^}]*\}\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Kramdown();
}
