using System.Text.RegularExpressions;

namespace MoocPlatform.Courses.Features.Resources;

/// <summary>What a robots.txt says to one program: the Robots Exclusion Protocol, RFC 9309.</summary>
internal sealed class Robots
{
    private const int MostRules = 2_000;

    /// <summary>Nothing is forbidden.</summary>
    public static readonly Robots All = new([]);

    /// <summary>Everything is.</summary>
    public static readonly Robots None = new([(false, "/")]);

    private readonly List<(bool Allow, string Path)> rules;

    private Robots(List<(bool Allow, string Path)> rules) => this.rules = rules;

    /// <param name="name">The program's; without a group of its own it goes by those of <c>*</c>.</param>
    public static Robots Read(string text, string name)
    {
        var (mine, everyones) = (new List<(bool, string)>(), new List<(bool, string)>());
        var (named, starred, foundMine, inRules) = (false, false, false, false);
        foreach (var raw in text.Split('\n').Take(20_000))
        {
            var line = raw.Split('#')[0];
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            var (field, value) = (line[..colon].Trim().ToLowerInvariant(), line[(colon + 1)..].Trim());
            if (field == "user-agent")
            {
                if (inRules)
                    (named, starred, inRules) = (false, false, false); // a new group
                named |= value.Equals(name, StringComparison.OrdinalIgnoreCase);
                starred |= value == "*";
                foundMine |= named;
            }
            else if (field is "allow" or "disallow")
            {
                inRules = true;
                if (value.Length == 0 || value.Length > 500)
                    continue;
                if (named && mine.Count < MostRules)
                    mine.Add((field == "allow", value));
                if (starred && everyones.Count < MostRules)
                    everyones.Add((field == "allow", value));
            }
        }

        return new(foundMine ? mine : everyones);
    }

    /// <summary>The longest rule that fits decides, and of two as long the one that allows.</summary>
    /// <param name="path">With its query.</param>
    public bool Allows(string path)
    {
        var (best, allowed) = (-1, true);
        foreach (var (allow, rule) in rules)
        {
            if (rule.Length < best || (rule.Length == best && allowed) || !Fits(rule, path))
                continue;
            (best, allowed) = (rule.Length, allow);
        }

        return allowed;
    }

    private static bool Fits(string rule, string path)
    {
        if (!rule.AsSpan().ContainsAny('*', '$'))
            return path.StartsWith(rule, StringComparison.Ordinal);
        var end = rule.EndsWith('$');
        var pattern = "^" + string.Join(".*", (end ? rule[..^1] : rule).Split('*').Select(Regex.Escape)) + (end ? "$" : "");
        return Regex.IsMatch(path, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromMilliseconds(100));
    }
}
