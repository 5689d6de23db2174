using System.Text.Json;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;

namespace MoocPlatform.Enrollment.Domain;

/// <summary>How a course is graded, and what completes it.</summary>
/// <param name="Categories">At least one. A quiz that stands in none of them, and is not left out, belongs to the first.</param>
/// <param name="LeftOut">Quizzes that do not count towards the grade.</param>
/// <param name="PassMark">Per cent of the grade, 0 to 100.</param>
/// <param name="Steps">Per cent of the course's steps that have to be done, 0 to 100; rounded up to whole steps.</param>
/// <param name="NeedsMark">Whether the pass mark has to be reached, too. Then a course is complete when the grade is final.</param>
internal sealed record GradePlan(IReadOnlyList<GradeCategory> Categories, IReadOnlyList<Guid> LeftOut, decimal PassMark, int Steps, bool NeedsMark)
{
    public const int MostCategories = 12;

    /// <summary>Of a course whose team has not written one: all quizzes count the same, every step completes it.</summary>
    public static readonly GradePlan Usual = new([new("", 100, 0, [])], [], 60, 100, NeedsMark: false);

    public static GradePlan Read(string json) => JsonSerializer.Deserialize<GradePlan>(json, JsonSerializerOptions.Default)!;

    public string Kept() => JsonSerializer.Serialize(this, JsonSerializerOptions.Default);

    /// <summary>Where a quiz counts; null: it does not.</summary>
    public GradeCategory? CategoryOf(Guid item) =>
        LeftOut.Contains(item) ? null : Categories.FirstOrDefault(c => c.Items.Contains(item)) ?? Categories[0];

    /// <summary>How many steps have to be done of so many.</summary>
    public int StepsOf(int all) => ((all * Steps) + 99) / 100;

    /// <summary>Whether so much of a course is done that its steps are enough. A course without steps is never complete.</summary>
    public bool AreStepsDone(Outline outline, EnrolmentState state)
    {
        var all = outline.Items.Count();
        return all > 0 && outline.Items.Count(i => state.IsDone(i.Number)) >= StepsOf(all);
    }

    /// <summary>The plan itself when it can be kept.</summary>
    public GradePlan Checked()
    {
        if (Categories.Count is 0 or > MostCategories)
            throw Refusals.Categories(MostCategories);
        if (Categories.Any(c => c.Weight is < 0 or > 1000 || decimal.Round(c.Weight, 2) != c.Weight) || Categories.All(c => c.Weight == 0))
            throw Refusals.Weights();
        if (Categories.Any(c => c.DropLowest is < 0 or > 50))
            throw Refusals.Drops();
        if (PassMark is < 0 or > 100 || decimal.Round(PassMark, 2) != PassMark)
            throw Refusals.PassMark();
        if (Steps is < 0 or > 100 || (Steps == 0 && !NeedsMark))
            throw Refusals.CourseRule();
        return this;
    }
}

/// <summary>Quizzes that count together.</summary>
/// <param name="Name">In the course's language; empty: the one that every course begins with.</param>
/// <param name="Weight">Beside the weights of the other categories, at most two decimals; they need not make a hundred.</param>
/// <param name="DropLowest">So many of the lowest results do not count; one always counts.</param>
internal sealed record GradeCategory(string Name, decimal Weight, int DropLowest, IReadOnlyList<Guid> Items);

/// <summary>A plan as it was written at one time: appended, never changed. The highest revision is the course's.</summary>
internal sealed class KeptPlan
{
    public Guid CourseId { get; init; }

    public int Revision { get; init; }

    /// <summary>A <see cref="GradePlan"/> as JSON.</summary>
    public string Body { get; init; } = "";

    public Guid ById { get; init; }

    public DateTimeOffset At { get; init; }
}

/// <summary>The grades of a run that has ended: from then on they go by the plan that the course had then.</summary>
internal sealed class ClosedGrades
{
    public Guid RunId { get; init; }

    /// <summary>0: the usual one.</summary>
    public int PlanRevision { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>When the last learner's grade was made final; null: that work is going on.</summary>
    public DateTimeOffset? DoneAt { get; set; }
}
