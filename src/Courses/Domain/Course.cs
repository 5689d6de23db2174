using MoocPlatform.Courses.Contracts;

namespace MoocPlatform.Courses.Domain;

/// <summary>What is taught: content, objectives, licence, authors. When it is taught is a <see cref="Run"/>.</summary>
internal sealed class Course
{
    public const int LongestTitle = 160;
    public const int LongestSummary = 300;

    /// <summary>Whether a course may not be called so, because a page of the workshop has this address.</summary>
    public static bool IsReserved(string slug) => slug is "new" or "import";

    public Guid Id { get; init; }

    /// <summary>Unique name in addresses.</summary>
    public string Slug { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>Plain text.</summary>
    public string Summary { get; set; } = "";

    /// <summary>BCP 47.</summary>
    public string Language { get; set; } = "en";

    public string Subject { get; set; } = "";

    /// <summary>Markdown, and as rendered at save.</summary>
    public string Description { get; set; } = "";

    public string DescriptionHtml { get; set; } = "";

    public string Audience { get; set; } = "";

    public string AudienceHtml { get; set; } = "";

    /// <summary>Each completes "you will be able to".</summary>
    public List<string> Objectives { get; set; } = [];

    public List<Author> Authors { get; set; } = [];

    public int HoursPerWeek { get; set; }

    public int Weeks { get; set; }

    /// <summary>SPDX identifier.</summary>
    public string Licence { get; set; } = "CC-BY-4.0";

    public string Accessibility { get; set; } = "";

    public string CoverPattern { get; set; } = "arches";

    public string CoverHue { get; set; } = "sea";

    /// <summary>Whether who completes it gets a badge.</summary>
    public bool GivesBadge { get; set; }

    /// <summary>The number that the next item gets; never goes back.</summary>
    public int NextItemNumber { get; set; }

    /// <summary>Grows with every change of course, sections, items or runs: what is cached is keyed by it. Also the concurrency token.</summary>
    public int Version { get; set; }

    /// <summary>How often the search has read it. Counted by the search alone.</summary>
    public int Indexed { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public List<Section> Sections { get; set; } = [];

    public List<Run> Runs { get; set; } = [];

    public List<TeamMember> Team { get; set; } = [];

    /// <summary>Whoever changes anything of the course says so here, in the same save.</summary>
    public void Changed(DateTimeOffset now)
    {
        Version++;
        ChangedAt = now;
    }

    public int TakeItemNumber() => NextItemNumber++;
}

/// <summary>A name on the course page, with a few words about the person.</summary>
internal sealed record Author(string Name, string About);

/// <summary>A person with a role in the course.</summary>
internal sealed class TeamMember
{
    public Guid CourseId { get; init; }

    public Guid PersonId { get; init; }

    public CourseRole Role { get; set; }
}

/// <summary>A part of the course, often a week.</summary>
internal sealed class Section
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>Order in the course, from 0.</summary>
    public int Position { get; set; }

    public string Slug { get; set; } = "";

    public string Title { get; set; } = "";

    public string Summary { get; set; } = "";

    /// <summary>When its items may be read, counted from the run's start.</summary>
    public Offset Release { get; set; } = new(0, TimeOnly.MinValue);

    public List<Item> Items { get; set; } = [];
}

/// <summary>A lesson or a quiz: one Markdown text. A quiz's questions live in Quizzes, made from this text.</summary>
internal sealed class Item
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    public Guid SectionId { get; set; }

    /// <summary>Small number, unique in the course and never given again.</summary>
    public int Number { get; init; }

    /// <summary>Order in the section, from 0.</summary>
    public int Position { get; set; }

    /// <summary>Unique in the course.</summary>
    public string Slug { get; set; } = "";

    public string Title { get; set; } = "";

    public ItemKind Kind { get; init; }

    public int Minutes { get; set; }

    public CompletionRule Rule { get; set; }

    public Offset? Opens { get; set; }

    public Offset? Due { get; set; }

    /// <summary>SPDX identifier of a licence of its own; empty: the course's.</summary>
    public string Licence { get; set; } = "";

    /// <summary>Who made it; empty: the authors of the course.</summary>
    public List<string> Authors { get; set; } = [];

    /// <summary>What it was made from, an address or words; empty: it is the course's own.</summary>
    public string Source { get; set; } = "";

    /// <summary>What the learner sees. False: a draft, seen by the team.</summary>
    public bool Published { get; set; }

    /// <summary>The text: a lesson's Markdown without front matter, a quiz's with it.</summary>
    public string Markdown { get; set; } = "";

    /// <summary>A lesson as rendered at save (renderer <see cref="RenderedBy"/>); empty for a quiz.</summary>
    public string Html { get; set; } = "";

    public int RenderedBy { get; set; }

    /// <summary>Headings of the lesson as JSON, for "on this page".</summary>
    public string Headings { get; set; } = "[]";

    /// <summary>Counts the saves; two authors cannot overwrite each other.</summary>
    public int Revision { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>A file of the course: picture, worksheet, transcript. The bytes lie in the store under their hash.</summary>
internal sealed class Asset
{
    public Guid Id { get; init; }

    public Guid CourseId { get; init; }

    /// <summary>Path below <c>assets/</c>.</summary>
    public string Name { get; set; } = "";

    public string ContentType { get; set; } = "";

    public long Length { get; set; }

    /// <summary>SHA-256 of the bytes, lower-case hex: also the file's name in the store.</summary>
    public string Hash { get; set; } = "";

    /// <summary>What a picture shows, or what a file holds, in words.</summary>
    public string Alt { get; set; } = "";

    /// <summary>SPDX identifier of a licence of its own; empty: the course's.</summary>
    public string Licence { get; set; } = "";

    /// <summary>Who made it; empty: the authors of the course.</summary>
    public string Author { get; set; } = "";

    /// <summary>Where it comes from, an address or words; empty: it was made for the course.</summary>
    public string Source { get; set; } = "";

    public AssetFacts Facts
    {
        get => new(Alt, Licence, Author, Source);
        set => (Alt, Licence, Author, Source) = value;
    }

    public bool IsPicture => ContentType.StartsWith("image/", StringComparison.Ordinal);
}

/// <summary>What is said about a file. Empty texts: nothing, and then it goes by the course's licence and authors.</summary>
internal sealed record AssetFacts(string Alt, string Licence, string Author, string Source)
{
    public const int LongestAlt = 300;
    public const int LongestAuthor = 200;
    public const int LongestSource = 500;

    public static readonly AssetFacts None = new("", "", "", "");

    /// <summary>Whether it says who made the file or what one may do with it.</summary>
    public bool IsCredited => (Licence, Author, Source) is not ("", "", "");
}
