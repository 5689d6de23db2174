using Microsoft.AspNetCore.Authorization;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Enrollment.Contracts;
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

    public async Task OnGetAsync(string course, string run)
    {
        Run = await Send(new RunBySlugQuery(course, run)) ?? throw new NotFound();
        if (Run.StateAt(Reader.Now) == RunState.Draft)
            throw new NotFound();
        Outline = await Send(new OutlineQuery(Run.RunId)) ?? throw new NotFound();
        Mine = await Send(new EnrolmentQuery(Run.RunId, Me));
        if (Mine is null)
            return;
        All = Outline.Items.Count();
        Done = Outline.Items.Count(i => Mine.IsDone(i.Number));
        Next = Outline.Sections.Where(s => s.ReleasedAt <= Reader.Now).SelectMany(s => s.Items).FirstOrDefault(i => !Mine.IsDone(i.Number));
    }

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
