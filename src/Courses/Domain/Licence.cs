namespace MoocPlatform.Courses.Domain;

/// <summary>What others may do with a text. Kept as SPDX identifier (spdx.org/licenses), shown by its common name.</summary>
/// <param name="Spdx">Identifier, as in course.yaml.</param>
/// <param name="Name">As people say it: "CC BY 4.0".</param>
/// <param name="Address">The licence itself; null: there is none to read.</param>
/// <param name="Freedom">How far it goes, for the catalogue's filter.</param>
internal sealed record Licence(string Spdx, string Name, string? Address, Freedom Freedom)
{
    private static readonly Dictionary<string, Licence> Known = new Licence[]
    {
        new("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", Freedom.Adapt),
        new("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", Freedom.AdaptAlike),
        new("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/", Freedom.Anything),
        new("CC-BY-NC-4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/", Freedom.AdaptWithoutTrade),
        new("CC-BY-NC-SA-4.0", "CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/", Freedom.AdaptWithoutTrade),
        new("CC-BY-ND-4.0", "CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/", Freedom.ShareOnly),
        new("CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/", Freedom.ShareWithoutTrade),
        new("LicenseRef-All-Rights-Reserved", "All rights reserved", null, Freedom.ReadOnly),
    }.ToDictionary(l => l.Spdx, StringComparer.OrdinalIgnoreCase);

    // What others made often stands under an older version.
    private static readonly Dictionary<string, Licence> Older = new Licence[]
    {
        new("CC-BY-3.0", "CC BY 3.0", "https://creativecommons.org/licenses/by/3.0/", Freedom.Adapt),
        new("CC-BY-SA-3.0", "CC BY-SA 3.0", "https://creativecommons.org/licenses/by-sa/3.0/", Freedom.AdaptAlike),
        new("CC-BY-2.5", "CC BY 2.5", "https://creativecommons.org/licenses/by/2.5/", Freedom.Adapt),
        new("CC-BY-SA-2.5", "CC BY-SA 2.5", "https://creativecommons.org/licenses/by-sa/2.5/", Freedom.AdaptAlike),
        new("CC-BY-2.0", "CC BY 2.0", "https://creativecommons.org/licenses/by/2.0/", Freedom.Adapt),
        new("CC-BY-SA-2.0", "CC BY-SA 2.0", "https://creativecommons.org/licenses/by-sa/2.0/", Freedom.AdaptAlike),
        new("CC-PDM-1.0", "Public domain", "https://creativecommons.org/publicdomain/mark/1.0/", Freedom.Anything),
    }.ToDictionary(l => l.Spdx, StringComparer.OrdinalIgnoreCase);

    /// <summary>Those an author can choose for a course, the freest usual one first.</summary>
    public static IEnumerable<Licence> All => Known.Values;

    /// <summary>Those a lesson or a file can have: what others made, too.</summary>
    public static IEnumerable<Licence> OfParts => Known.Values.Concat(Older.Values);

    /// <summary>The licence of an identifier; null: not one we know.</summary>
    public static Licence? Find(string spdx) => Known.GetValueOrDefault(spdx) ?? Older.GetValueOrDefault(spdx);

    /// <summary>The licence of a course or a part of it that was saved with an identifier known then.</summary>
    public static Licence Of(string spdx) => Find(spdx) ?? new(spdx, spdx, null, Freedom.ReadOnly);
}

/// <summary>What a licence lets one do.</summary>
internal enum Freedom
{
    Anything,
    Adapt,
    AdaptAlike,
    AdaptWithoutTrade,
    ShareOnly,
    ShareWithoutTrade,
    ReadOnly,
}
