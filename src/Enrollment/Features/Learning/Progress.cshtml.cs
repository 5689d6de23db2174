using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Enrollment.Features.Grading;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Enrollment.Features.Learning;

[Authorize(Policies.SignedIn)]
internal sealed class ProgressModel : ModulePage
{
    public RunTerm Run { get; private set; } = null!;

    public Outline Outline { get; private set; } = null!;

    public EnrolmentState? Mine { get; private set; }

    public int All { get; private set; }

    public int Done { get; private set; }

    /// <summary>The first released item that is not done; null when there is none.</summary>
    public OutlineItem? Next { get; private set; }

    /// <summary>Null where there is nothing to grade.</summary>
    public LearnerGrade? Grade { get; private set; }

    /// <summary>When the course was completed; null: it was not yet.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>The badge of this run; null: none.</summary>
    public CredentialCard? Badge { get; private set; }

    /// <summary>What completes the course, in words.</summary>
    public string CourseRule { get; private set; } = "";

    /// <summary>Steps that the course's rule still asks for.</summary>
    public int StepsLeft { get; private set; }

    /// <summary>Results that the learner supposes, in per cent, by quiz. Never kept.</summary>
    public IReadOnlyDictionary<Guid, decimal> WhatIf { get; private set; } = new Dictionary<Guid, decimal>();

    /// <summary>Number of the newest change when the page was read.</summary>
    public long Number { get; private set; }

    public async Task OnGetAsync(string course, string run)
    {
        Number = await Send(new ProgressNumberQuery(Me));
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        if (Run.StateAt(Reader.Now) == RunState.Draft)
            throw new NotFound();
        Outline = await Send(new OutlineQuery(Run.RunId)) ?? throw new NotFound();
        Mine = await Send(new EnrolmentQuery(Run.RunId, Me));
        if (Mine is null)
            return;
        All = Outline.Items.Count();
        Done = Outline.Items.Count(i => Mine.IsDone(i.Number));
        if (await Send(new LearnerGradeQuery(Run.RunId, Me)) is { } grade)
        {
            CourseRule = GradeWords.Rule(Texts, grade.Basis.Plan, All);
            StepsLeft = Math.Max(0, grade.Basis.Plan.StepsOf(All) - Done);
            Grade = grade.Marks.Count > 0 ? grade : null;
            CompletedAt = grade.Enrolment.CompletedAt;
            WhatIf = grade.Marks.Select(m => (m.ItemId, Percent: Typed(m.ItemId))).Where(t => t.Percent is not null).ToDictionary(t => t.ItemId, t => t.Percent!.Value);
        }

        Badge = (await Send(new CredentialsQuery(Me))).FirstOrDefault(c => c.RunId == Run.RunId && !c.Revoked);
        Next = Outline.Sections.Where(s => s.ReleasedAt <= Reader.Now).SelectMany(s => s.Items).FirstOrDefault(i => !Mine.IsDone(i.Number));
    }

    /// <summary>What was supposed for a quiz, as a number field takes it.</summary>
    public string? Supposed(Guid item) => WhatIf.TryGetValue(item, out var percent) ? percent.ToString(CultureInfo.InvariantCulture) : null;

    private decimal? Typed(Guid item) =>
        decimal.TryParse(Request.Query[$"if-{item:N}"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100 ? percent : null;

    public string Address(OutlineItem item) => item.Kind == ItemKind.Quiz
        ? QuizLinks.Quiz(Run.CourseSlug, Run.RunSlug, item.Slug)
        : CourseLinks.Item(Run.CourseSlug, Run.RunSlug, item.Slug);

    /// <summary>The rule in words, printed beside the state.</summary>
    public string Rule(CompletionRule rule) => Texts[rule switch
    {
        CompletionRule.Viewed => "opened",
        CompletionRule.Marked => "marked complete by you",
        CompletionRule.Taken => "quiz taken",
        _ => "quiz passed",
    }];
}
