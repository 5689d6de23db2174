using System.Text.RegularExpressions;

namespace MoocPlatform.Courses.Domain;

/// <summary>Names in addresses: small letters, digits and hyphens.</summary>
internal static partial class Slug
{
    public const int Longest = 80;

    // Words that follow /learn/{course}/{run}/ in the addresses of other pages: no item may be called so.
    private static readonly HashSet<string> Taken = ["talk", "quiz", "progress", "join", "leave", "complete", "seen", "announcements", "me"];

    public static bool IsWellFormed(string slug) => slug.Length is > 0 and <= Longest && Pattern().IsMatch(slug);

    /// <summary>Whether an item may not be called so, because another page has this address.</summary>
    public static bool IsReserved(string slug) => Taken.Contains(slug);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Pattern();
}
