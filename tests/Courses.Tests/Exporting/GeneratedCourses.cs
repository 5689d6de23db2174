using FsCheck;
using FsCheck.Fluent;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Courses.Features.Exporting;
using MoocPlatform.Courses.Features.Importing;

namespace MoocPlatform.Courses.Tests.Exporting;

/// <summary>Courses as awkward as the pages allow: every character that means something to YAML, Markdown or ZIP, drafts, unfinished quizzes, empty sections.</summary>
internal static class GeneratedCourses
{
    private static readonly string[] Bits =
    [
        "a", "Bee", "ș", "é", "😀", "0", "7", " ", "  ", ":", ": ", " #", "#", "\"", "'", "\\", "\\n", "-", "- ", "---", "\n---\n", "|", ">", "{", "}", "[", "]", ",", "&x", "*x", "!", "%", "@", "`", "~", "=",
        "\t", "\n", "\n\n", "\n  ", "   \n", "\u00A0", "\u2028", "\u2029", "\u0085", "\uFEFF", "\u0007", "\u007F", "\uFFFE", "true", "null", "yes", "?", "? ", "<b>", "$x$", "http://x.org/?a=b&c", "מ",
    ];

    /// <summary>What every generated file holds.</summary>
    public static byte[] Bytes => [.. "One line.\n"u8];

    private static readonly Gen<string> Raw = Gen.Elements(Bits).ListOf().Select(string.Concat);

    private static readonly Gen<string> Title = Raw.Select(t => Short(t, Course.LongestTitle)).Select(t => t.Length > 0 ? t : "A title");

    private static readonly Gen<string> Line = Raw.Select(t => Short(t, 300));

    private static readonly Gen<Offset> Moment = from day in Gen.Choose(0, 3650) from minute in Gen.Choose(0, 1439) select new Offset(day, TimeOnly.MinValue.AddMinutes(minute));

    public static readonly Gen<CourseContent> All =
        from titles in Title.ArrayOf(8)
        from lines in Line.ArrayOf(8)
        from texts in Raw.Select(t => t.Trim()).ArrayOf(2)
        from objectives in Line.Where(l => l.Length > 0).ListOf()
        from sections in Gen.Choose(1, 4)
        from kinds in Gen.Choose(0, 5).ArrayOf(12)
        from bodies in Raw.ArrayOf(12)
        from moments in Moment.ArrayOf(16)
        from numbers in Gen.Choose(0, 60).ArrayOf(4)
        from assets in Gen.Choose(0, 3)
        from licence in Gen.Elements(Licence.All.Select(l => l.Spdx).ToArray())
        select Content(titles, lines, texts, [.. objectives.Take(5)], sections, kinds, bodies, moments, numbers, licence, assets);

    private static CourseContent Content(
        string[] titles, string[] lines, string[] texts, List<string> objectives, int sections, int[] kinds, string[] bodies, Offset[] moments, int[] numbers, string licence, int assets)
    {
        var id = Guid.NewGuid();
        var course = new Course
        {
            Id = id,
            Slug = $"c{id:N}",
            Title = titles[0],
            Summary = lines[0],
            Language = numbers[0] % 2 == 0 ? "ro" : "pt-BR",
            Subject = Short(lines[1], 100),
            Description = texts[0],
            Audience = texts[1],
            Objectives = objectives,
            Authors = [new(Short(titles[1], 100), lines[2]), new("Ana", "")],
            HoursPerWeek = numbers[1],
            Weeks = numbers[2],
            Licence = licence,
            Accessibility = lines[3],
            CoverPattern = Covers.Patterns[numbers[3] % 6],
            CoverHue = Covers.Hues[numbers[2] % 6],
        };
        for (var s = 0; s < sections; s++)
        {
            var section = new Section { Id = Guid.NewGuid(), CourseId = id, Position = s, Slug = $"section-{s}", Title = titles[2 + s], Summary = lines[4 + s], Release = moments[s] };
            for (var i = 0; i < kinds[s]; i++)
                section.Items.Add(OfKind(kinds[((s * 3) + i) % 12], course, section, i, titles[(s + i) % 8], bodies[((s * 3) + i) % 12], moments[4 + ((s + i) % 12)]));
            course.Sections.Add(section);
        }

        return new(course, course.Sections, [.. Enumerable.Range(0, assets).Select(n => new Asset
        {
            Id = Guid.NewGuid(),
            CourseId = id,
            Name = $"sub/file-{n}.txt",
            ContentType = "text/plain; charset=utf-8",
            Length = Bytes.Length,
            Hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Bytes)),
            Facts = n == 0 ? AssetFacts.None : new(lines[n], numbers[n] % 2 == 0 ? "CC-BY-SA-3.0" : "", Short(lines[n + 1], AssetFacts.LongestAuthor), lines[n + 2]),
        })]);
    }

    private static Item OfKind(int kind, Course course, Section section, int place, string title, string body, Offset moment)
    {
        var number = course.TakeItemNumber();
        var quiz = kind > 2;
        var item = new Item
        {
            Id = Guid.NewGuid(),
            CourseId = course.Id,
            SectionId = section.Id,
            Number = number,
            Position = place,
            Slug = $"item-{number}",
            Title = title,
            Kind = quiz ? ItemKind.Quiz : ItemKind.Lesson,
            Minutes = 1 + (number * 7),
            Rule = quiz ? CompletionRule.Taken : kind == 1 ? CompletionRule.Viewed : CompletionRule.Marked,
            Published = kind is 0 or 1,
            Markdown = quiz ? body : ItemFile.Body(body),
            Revision = 1,
        };
        if (!quiz && number % 3 == 1)
            (item.Licence, item.Authors, item.Source) = (number % 2 == 0 ? "CC-BY-2.0" : "", [Short(title, AssetFacts.LongestAuthor), "Ana"], Short(body, AssetFacts.LongestSource));
        if (kind == 4) // half written: the text says nothing of its settings
            (item.Opens, item.Due) = (moment, null);
        if (kind == 5)
        {
            item.Markdown = $"---\ntitle: {YamlText.Line(title)}\nkind: quiz\nminutes: {item.Minutes}\ncomplete: taken\ndue: {{ day: {moment.Days}, time: \"{moment.Time:HH\\:mm}\" }}\n---\nWords.\n\n## One {{#one truefalse}}\nIs it?\n\n= true\n";
            (item.Published, item.Due) = (true, moment);
        }

        return item;
    }

    private static string Short(string text, int longest)
    {
        text = text.Trim();
        if (text.Length <= longest)
            return text;
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return text[..end].Trim();
    }
}
