using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Features.Grading;

/// <summary>How a course is graded and what completes it, for who writes the course.</summary>
[Authorize(Policies.SignedIn)]
internal sealed class EditPlanModel : ModulePage
{
    public const int LongestName = 60;

    public CourseName Course { get; private set; } = null!;

    public string Slug { get; private set; } = "";

    public IReadOnlyList<RunTerm> Runs { get; private set; } = [];

    /// <summary>The revision that was changed.</summary>
    [BindProperty]
    public int Seen { get; set; }

    [BindProperty]
    public List<TypedCategory> Categories { get; set; } = [];

    /// <summary>Place of each quiz's category, from 0; −1: it does not count.</summary>
    [BindProperty]
    public Dictionary<Guid, int> Places { get; set; } = [];

    [BindProperty]
    public string? PassMark { get; set; }

    [BindProperty]
    public int? Steps { get; set; }

    [BindProperty]
    public bool NeedsMark { get; set; }

    public async Task OnGetAsync(string course)
    {
        await Load(course);
        var (revision, plan) = await Send(new GradePlanQuery(Course.CourseId));
        (Seen, PassMark, Steps, NeedsMark) = (revision, Shown(plan.PassMark), plan.Steps, plan.NeedsMark);
        Categories = [.. plan.Categories.Select(c => new TypedCategory { Name = GradeWords.Name(Texts, c), Weight = Shown(c.Weight), Drop = c.DropLowest })];
        Places = Course.Quizzes.Keys.ToDictionary(q => q, q => plan.CategoryOf(q) is { } c ? plan.Categories.ToList().IndexOf(c) : -1);
    }

    public async Task<IActionResult> OnPostAsync(string course)
    {
        await Load(course);
        return await Do(new WritePlan(Course.CourseId, Me, Plan(), Seen), _ =>
        {
            Tell("The grading is saved. Grades that are not final follow it now.");
            return LocalRedirect(EnrollmentLinks.Grading(course));
        }, () => Task.CompletedTask);
    }

    private async Task Load(string course)
    {
        if (await Send(new WritableCourseQuery(course, Me, User.IsAdmin())) is null)
            throw new NotFound();
        (Slug, Course) = (course, await Send(new CourseBySlugQuery(course)) ?? throw new NotFound());
        Runs = await Send(new RunsOfCourseQuery(Course.CourseId));
    }

    // A category without a name is no longer there; its quizzes go to the first.
    private GradePlan Plan()
    {
        var usual = GradeWords.Name(Texts, GradePlan.Usual.Categories[0]);
        var kept = Categories.Select((c, i) => (Typed: c, Place: i)).Where(c => !string.IsNullOrWhiteSpace(c.Typed.Name)).ToList();
        var first = kept.Count > 0 ? kept[0].Place : 0;
        var quizzes = Course.Quizzes.Keys.Order().Where(Places.ContainsKey).ToLookup(q => Places[q] < 0 ? -1 : kept.Exists(c => c.Place == Places[q]) ? Places[q] : first);
        return new GradePlan(
            [.. kept.Select(c => new GradeCategory(Named(c.Typed.Name!), Number(c.Typed.Weight), c.Typed.Drop ?? 0, c.Place == first ? [] : [.. quizzes[c.Place]]))],
            [.. quizzes[-1]], Number(PassMark), Steps ?? 0, NeedsMark);

        string Named(string name) => name.Trim() == usual && kept.Count == 1 ? "" : name.Trim()[..Math.Min(name.Trim().Length, LongestName)];
    }

    // A decimal comma or point; what is no number is refused by the plan as a wrong one.
    private static decimal Number(string? typed) =>
        decimal.TryParse(typed?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static string Shown(decimal number) => number.ToString("0.##", CultureInfo.CurrentCulture);
}

/// <summary>A category as it is typed.</summary>
internal sealed class TypedCategory
{
    public string? Name { get; set; }

    public string? Weight { get; set; }

    public int? Drop { get; set; }
}
