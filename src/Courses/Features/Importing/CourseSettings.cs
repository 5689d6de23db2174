using System.Text.RegularExpressions;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>What stands in course.yaml.</summary>
internal sealed partial record CourseSettings(
    string Slug, string Title, string Language, string Subject, string Summary, string Description, string Audience, List<string> Objectives,
    int HoursPerWeek, int Weeks, string Licence, List<Author> Authors, string Accessibility, string CoverPattern, string CoverHue,
    List<SectionSettings> Sections)
{
    /// <summary>Whether who completes the course gets a badge.</summary>
    public bool GivesBadge { get; private init; }

    /// <summary>How the course is graded; null: the folder does not say it, and it stays as it is.</summary>
    public GradingSettings? Grading { get; private init; }

    /// <summary>Names of the items that only the team sees.</summary>
    public IReadOnlyList<DraftSettings> Drafts { get; private init; } = [];

    /// <summary>What is said about files below assets/.</summary>
    public IReadOnlyList<FileSettings> Files { get; private init; } = [];

    private const int LongestText = 20_000;
    private const int LongestLine = 300;

    /// <summary>Reads course.yaml. Null when nothing could be read; mistakes are noted with their line.</summary>
    public static CourseSettings? Read(string yaml, Action<int, FormattableString> problem)
    {
        if (YamlFields.Of(yaml, 0, problem) is not { } fields)
            return null;

        if (fields.Whole("format", 0, int.MaxValue, 0) != 1)
            fields.Problem("format", $"The first line is “format: 1”: this is the format that is understood here.");
        var effort = fields.Map("effort");
        var cover = fields.Map("cover");
        var settings = new CourseSettings(
            Address(fields), fields.Text("title", Course.LongestTitle), LanguageOf(fields), fields.Text("subject", 100, optional: true),
            fields.Text("summary", Course.LongestSummary, optional: true), fields.Text("description", LongestText, optional: true), fields.Text("audience", LongestText, optional: true),
            [.. fields.Lines("objectives", LongestLine)], effort?.Whole("hoursPerWeek", 0, 60, 0) ?? 0, effort?.Whole("weeks", 0, 104, 0) ?? 0,
            fields.OneOf("licence", "CC-BY-4.0", [.. Domain.Licence.All.Select(l => l.Spdx)]),
            [.. fields.Maps("authors").Select(AuthorOf)], fields.Text("accessibility", LongestLine, optional: true),
            cover?.OneOf("pattern", "arches", Covers.Patterns) ?? "arches", cover?.OneOf("hue", "sea", Covers.Hues) ?? "sea",
            [.. fields.Maps("sections").Select(SectionOf)])
        { GivesBadge = fields.OneOf("badge", "none", ["none", "completion"]) == "completion", Grading = GradingSettings.Read(fields), Drafts = [.. fields.Lines("drafts", Domain.Slug.Longest).Select(slug => new DraftSettings(slug, null, fields.Line("drafts"))), .. fields.Maps("unfinished").Select(UnfinishedOf)], Files = [.. fields.Maps("files").Select(FileOf)] };
        effort?.NothingElse();
        cover?.NothingElse();
        fields.NothingElse();

        if (settings.Sections.Count == 0)
            fields.Problem("sections", $"A course has at least one section.");
        foreach (var twice in settings.Sections.GroupBy(s => s.Slug, StringComparer.Ordinal).Where(g => g.Count() > 1))
            problem(twice.Last().Line, $"The section “{twice.Key}” is there twice.");
        foreach (var twice in settings.Drafts.GroupBy(s => s.Slug, StringComparer.Ordinal).Where(g => g.Count() > 1))
            problem(twice.Last().Line, $"The draft “{twice.Key}” is there twice.");
        foreach (var twice in settings.Files.GroupBy(f => f.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
            problem(twice.Last().Line, $"The file “{twice.Key}” is there twice.");
        if (Course.IsReserved(settings.Slug))
            fields.Problem("slug", $"“{settings.Slug}” is the name of a page of the workshop. Choose another.");
        return settings;
    }

    // What stands in the file counts once it can be read; until then these do.
    private static DraftSettings UnfinishedOf(YamlFields fields)
    {
        var draft = new DraftSettings(
            Address(fields),
            new(fields.Text("title", Course.LongestTitle), ItemKind.Quiz, fields.Whole("minutes", 1, ItemFile.MostMinutes, 10), ItemFile.RuleOf(fields, quiz: true), fields.Offset("opens"), fields.Offset("due"), "", 0),
            fields.Line("slug"));
        fields.NothingElse();
        return draft;
    }

    private static FileSettings FileOf(YamlFields fields)
    {
        var file = new FileSettings(
            fields.Text("name", AssetType.LongestName),
            new(
                fields.Text("alt", AssetFacts.LongestAlt, optional: true), fields.OneOf("licence", "", [.. Domain.Licence.OfParts.Select(l => l.Spdx)]),
                fields.Text("author", AssetFacts.LongestAuthor, optional: true), fields.Text("source", AssetFacts.LongestSource, optional: true)),
            fields.Line("name"));
        fields.NothingElse();
        return file;
    }

    private static Author AuthorOf(YamlFields fields)
    {
        var author = new Author(fields.Text("name", 100), fields.Text("about", LongestLine, optional: true));
        fields.NothingElse();
        return author;
    }

    private static SectionSettings SectionOf(YamlFields fields)
    {
        var section = new SectionSettings(
            Address(fields), fields.Text("title", Course.LongestTitle), fields.Text("summary", LongestLine, optional: true),
            fields.Offset("release") ?? new(0, TimeOnly.MinValue), fields.Line("slug"));
        fields.NothingElse();
        return section;
    }

    private static string Address(YamlFields fields)
    {
        var slug = fields.Text("slug", Domain.Slug.Longest);
        if (slug.Length > 0 && !Domain.Slug.IsWellFormed(slug))
            fields.Problem("slug", $"“slug” has small letters, digits and hyphens only.");
        return slug;
    }

    private static string LanguageOf(YamlFields fields)
    {
        var language = fields.Text("language", 35);
        if (language.Length > 0 && !Tag().IsMatch(language))
            fields.Problem("language", $"“language” is a language tag such as en, ro or pt-BR.");
        return language;
    }

    [GeneratedRegex("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Tag();
}

/// <summary>A section as course.yaml has it.</summary>
internal sealed record SectionSettings(string Slug, string Title, string Summary, Offset Release, int Line);

/// <summary>An item that only the team sees.</summary>
/// <param name="Unfinished">A quiz whose text cannot be read yet: what is kept of it beside the text. Null: the file says it.</param>
internal sealed record DraftSettings(string Slug, ItemFile? Unfinished, int Line);

/// <summary>What course.yaml says about a file.</summary>
/// <param name="Name">Path below assets/.</param>
internal sealed record FileSettings(string Name, AssetFacts Facts, int Line);
