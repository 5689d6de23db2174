using MoocPlatform.Courses.Contracts;
using MoocPlatform.Courses.Domain;
using MoocPlatform.Enrollment.Contracts;
using MoocPlatform.Quizzes.Contracts;

namespace MoocPlatform.Courses.Features.Learning;

/// <summary>A run's outline as one reader sees it from one item.</summary>
/// <param name="Here">The item that is open.</param>
/// <param name="Mine">The reader's progress; null: not a learner of the run.</param>
internal sealed record Outlook(Course Course, RunTerm Run, Outline Outline, Item Here, EnrolmentState? Mine)
{
    /// <summary>The section that is open; null: the item is a draft outside the outline.</summary>
    public OutlineSection? Section { get; } = Outline.Sections.FirstOrDefault(s => s.Items.Any(i => i.Id == Here.Id));

    public OutlineItem? Previous => Outline.Items.TakeWhile(i => i.Id != Here.Id).LastOrDefault() is { } before && Section is not null ? before : null;

    public OutlineItem? Next => Outline.Items.SkipWhile(i => i.Id != Here.Id).Skip(1).FirstOrDefault();

    public string Address(OutlineItem item) => item.Kind == ItemKind.Quiz
        ? QuizLinks.Quiz(Course.Slug, Run.RunSlug, item.Slug)
        : CourseLinks.Item(Course.Slug, Run.RunSlug, item.Slug);

    public int Done(OutlineSection section) => section.Items.Count(i => Mine?.IsDone(i.Number) is true);
}
