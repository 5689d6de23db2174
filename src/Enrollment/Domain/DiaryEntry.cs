using System.Globalization;
using System.Text;
using MoocPlatform.Markup;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>Something a learner wrote for themselves. Nobody else reads it unless they share this one entry.</summary>
internal sealed class DiaryEntry
{
    public const int LongestText = 50_000;
    public const int LongestPrompt = 500;

    public Guid Id { get; init; }

    public Guid LearnerId { get; init; }

    /// <summary>The run it was written in; null: a free entry.</summary>
    public Guid? RunId { get; init; }

    /// <summary>The lesson or quiz it was written beside; null: none.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>What the author of the lesson asked, as it was asked then; null: nothing.</summary>
    public string? Prompt { get; init; }

    public string Markdown { get; private set; } = "";

    /// <summary>Rendered when it was saved.</summary>
    public string Html { get; private set; } = "";

    /// <summary>Its words as <see cref="Fold"/> makes them, for the search.</summary>
    public string Words { get; private set; } = "";

    public DateTimeOffset WrittenAt { get; init; }

    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>Since when everyone with the address may read it; null: nobody may.</summary>
    public DateTimeOffset? SharedAt { get; private set; }

    /// <summary>Under what it is shared, an SPDX identifier; null: not shared.</summary>
    public string? Licence { get; private set; }

    /// <summary>Moved by each change. The concurrency token: two tabs cannot lose each other's words.</summary>
    public int Revision { get; private set; }

    public void Write(string? markdown)
    {
        var text = (markdown ?? "").Trim();
        if (text.Length == 0)
            throw Refusals.NothingWritten();
        if (text.Length > LongestText)
            throw Refusals.EntryTooLong(text.Length);
        var rendered = MarkdownRenderer.Render(text, new MarkupOptions(MarkupFor.Post));
        (Markdown, Html, Words) = (text, rendered.Html, Fold($"{Prompt} {rendered.PlainText}"));
        Revision++;
    }

    /// <param name="revision">The one that was changed.</param>
    public void Edit(string? markdown, int revision, DateTimeOffset now)
    {
        if (revision != Revision)
            throw Refusals.EntryChangedMeanwhile();
        Write(markdown);
        EditedAt = now;
    }

    public void Share(string? licence, DateTimeOffset now)
    {
        if (licence is null || EntryLicence.Find(licence) is null)
            throw Refusals.NoSuchLicence();
        (SharedAt, Licence) = (SharedAt ?? now, licence);
        Revision++;
    }

    public void TakeBack()
    {
        (SharedAt, Licence) = (null, null);
        Revision++;
    }

    /// <summary>Lower case without accents: "Întrebări" and "intrebari" find each other.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                folded.Append(char.ToLowerInvariant(c));
        return folded.ToString();
    }
}

/// <summary>Under what an entry can be shared.</summary>
/// <param name="Spdx">Identifier (spdx.org/licenses).</param>
internal sealed record EntryLicence(string Spdx, string Name, string Address)
{
    public static readonly IReadOnlyList<EntryLicence> All =
    [
        new("CC-BY-4.0", "CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        new("CC-BY-SA-4.0", "CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        new("CC-BY-NC-4.0", "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
        new("CC0-1.0", "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    ];

    public static EntryLicence? Find(string spdx) => All.FirstOrDefault(l => l.Spdx == spdx);
}
