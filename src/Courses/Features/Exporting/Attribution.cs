using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;

namespace MoocPlatform.Courses.Features.Exporting;

/// <summary>The attribution line that a licence asks for, made by the platform: title, author, source, licence (creativecommons.org, "TASL").</summary>
internal static class Attribution
{
    /// <param name="site">Address of this site without a slash at its end.</param>
    /// <param name="authors">At least one name.</param>
    public static string Line(Course course, IReadOnlyList<string> authors, string site)
    {
        var licence = Licence.Of(course.Licence);
        var terms = licence.Address is { } address ? $"is licensed under {licence.Name} ({address})" : "is not under an open licence: all rights reserved";
        return $"“{OneLine(course.Title)}” by {Names(authors)}, {site}{CourseLinks.Course(course.Slug)}, {terms}.";
    }

    /// <summary>The line of a part of a course.</summary>
    /// <param name="part">Whose authors are empty when they are those of the course.</param>
    public static string Line(Credit part, Course course, IReadOnlyList<string> authors)
    {
        var names = part.Authors.Count > 0 ? part.Authors : authors;
        var source = part.Source.Length > 0 ? $", {OneLine(part.Source)}" : "";
        var terms = part.Licence.Address is { } address ? $"{part.Licence.Name} ({address})" : part.Licence.Name;
        return $"“{OneLine(part.Title)}” by {Names(names)}, in “{OneLine(course.Title)}”{source}, {terms}.";
    }

    /// <summary>ATTRIBUTION.md: the line of the course, and one for each lesson and file that has a licence, authors or a source of its own.</summary>
    public static string Text(CourseContent content, IReadOnlyList<string> authors, string site) =>
        $"""
        # Attribution

        {Line(content.Course, authors, site)}

        Whoever passes this course on, or a part of it, keeps this line. Whoever changes it says so beside it. Pictures and files may have
        authors and licences of their own: they are named where they stand.

        """.ReplaceLineEndings("\n") + Parts(content, authors) + LeftOut(content.LeftOut);

    private static string Parts(CourseContent content, IReadOnlyList<string> authors)
    {
        var lessons = content.Sections.SelectMany(s => s.Items).Where(i => i.Licence.Length + i.Source.Length + i.Authors.Count > 0).Select(i => (Name: i.Slug, Credit: Credit.Of(content.Course, i)));
        var files = content.Assets.Where(a => a.Facts.IsCredited).OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => (Name: "assets/" + a.Name, Credit: Credit.Of(content.Course, a)));
        var lines = lessons.Concat(files).Select(p => $"- {p.Name}: {Line(p.Credit, content.Course, authors)}\n").ToList();
        return lines.Count == 0 ? "" : "\nParts with a licence, authors or a source of their own:\n\n" + string.Concat(lines);
    }

    private static string LeftOut(ManifestOmissions? leftOut) => (leftOut is { Quizzes: > 0 } or { Lessons: > 0 }
            ? $"\nThis is the open edition: what everyone may read on the day of the download. Left out: {leftOut.Quizzes} of the quizzes, because a quiz holds its right answers, and {leftOut.Lessons} of the lessons, because they have not been released yet.\n"
            : "");

    /// <summary>LICENCE.txt.</summary>
    public static string Terms(Course course)
    {
        var licence = Licence.Of(course.Licence);
        return $"{OneLine(course.Title)}\n\n{licence.Name} (SPDX: {licence.Spdx})\n{(licence.Address is { } address ? address + "legalcode\n" : "")}\n{Meaning(licence.Freedom)}\n";
    }

    private static string Meaning(Freedom freedom) => freedom switch
    {
        Freedom.Anything => "You may do anything with it. The authors are glad to be named.",
        Freedom.Adapt => "You may share and change it, also for money, if you name the authors and this licence and say what you changed.",
        Freedom.AdaptAlike => "You may share and change it, also for money, if you name the authors and this licence, say what you changed, and put what you make under the same licence.",
        Freedom.AdaptWithoutTrade => "You may share and change it, not for money, if you name the authors and this licence and say what you changed. If the licence says SA, what you make stands under the same licence.",
        Freedom.ShareOnly => "You may share it unchanged, also for money, if you name the authors and this licence.",
        Freedom.ShareWithoutTrade => "You may share it unchanged, not for money, if you name the authors and this licence.",
        _ => "Nobody may share or change it without the authors' permission.",
    };

    private static string Names(IReadOnlyList<string> authors) => authors.Count switch
    {
        1 => OneLine(authors[0]),
        _ => string.Join(", ", authors.Take(authors.Count - 1).Select(OneLine)) + " and " + OneLine(authors[^1]),
    };

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
