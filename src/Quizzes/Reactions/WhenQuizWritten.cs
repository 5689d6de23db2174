using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MoocPlatform.Courses.Contracts;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Persistence;
using MoocPlatform.Quizzes.Writing;

namespace MoocPlatform.Quizzes.Reactions;

/// <summary>Makes the quiz that learners meet from its text. A revision that arrives late changes nothing.</summary>
internal sealed class WhenQuizWritten(QuizzesDb db, TimeProvider clock, ILogger<WhenQuizWritten> log) : INotificationHandler<QuizWritten>
{
    public async Task Handle(QuizWritten notification, CancellationToken cancellationToken)
    {
        var quiz = await db.Quizzes.Include(q => q.Questions).AsSplitQuery().SingleOrDefaultAsync(q => q.Id == notification.ItemId, cancellationToken);
        if (quiz is not null && quiz.Revision > notification.Revision)
            return;

        var problems = new Problems();
        var text = QuizCompiler.Read(notification.Markdown, notification.CourseId, problems);
        if (problems.Any)
        {
            // Whoever wrote it was told when saving; learners keep the quiz as it was.
            var first = problems.InOrder()[0];
            log.LogWarning("Quiz {Item}, revision {Revision}, is not taken over: line {Line}: {Problem}", notification.ItemId, notification.Revision, first.Line, first.Message);
            return;
        }

        if (quiz is null)
            db.Add(quiz = new Quiz { Id = notification.ItemId, CourseId = notification.CourseId });
        var current = quiz.Questions.Select(q => q.VersionId).ToList();
        var bodies = await db.Versions.AsNoTracking().Where(v => current.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Body, cancellationToken);
        var title = notification.Title.Length > 0 ? notification.Title : text.Settings.Title;
        db.AddRange(quiz.Write(notification.Revision, title, text, bodies, clock.GetUtcNow(), clock.NewKey));
        await db.SaveChangesAsync(cancellationToken);
    }
}
