using System.Text.Json;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Courses.Features.Importing;

/// <summary>How course.yaml says that a course is graded: quizzes by their names. What a plan may be Enrollment knows.</summary>
internal sealed record GradingSettings(IReadOnlyList<GradingSettings.Category> Categories, IReadOnlyList<string> LeftOut, decimal Pass, int Steps, bool NeedsMark, int Line)
{
    private const int LongestName = 60;

    public IEnumerable<string> Quizzes => Categories.SelectMany(c => c.Quizzes).Concat(LeftOut);

    public static GradingSettings? Read(YamlFields fields)
    {
        if (fields.Map("grading") is not { } grading)
            return null;
        var categories = grading.Maps("categories").Select(CategoryOf).ToList();
        var read = new GradingSettings(
            categories.Count > 0 ? categories : [new("", 100, 0, [])], [.. grading.Lines("leftOut", Domain.Slug.Longest)],
            grading.Number("pass", 0, 100, 60), grading.Whole("steps", 0, 100, 100), grading.OneOf("complete", "steps", ["steps", "pass"]) == "pass", fields.Line("grading"));
        grading.NothingElse();
        return read;
    }

    /// <summary>With the ids of this site in the place of names; a name that nothing has is left out.</summary>
    public GradingTerms Terms(IReadOnlyDictionary<string, Guid> ids)
    {
        return new([.. Categories.Select(c => new GradingCategory(c.Name, c.Weight, c.Drop, Known(c.Quizzes)))], Known(LeftOut), Pass, Steps, NeedsMark);

        List<Guid> Known(IReadOnlyList<string> names) => [.. names.Where(ids.ContainsKey).Select(n => ids[n])];
    }

    /// <summary>As a fact carries them.</summary>
    public static string Json(GradingTerms terms) => JsonSerializer.Serialize(terms);

    private static Category CategoryOf(YamlFields fields)
    {
        var category = new Category(
            fields.Text("name", LongestName, optional: true), fields.Number("weight", 0, 1000, 100), fields.Whole("drop", 0, 50, 0), [.. fields.Lines("quizzes", Domain.Slug.Longest)]);
        fields.NothingElse();
        return category;
    }

    internal sealed record Category(string Name, decimal Weight, int Drop, IReadOnlyList<string> Quizzes);
}
