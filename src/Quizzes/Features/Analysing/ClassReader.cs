using Microsoft.EntityFrameworkCore;
using MoocPlatform.Quizzes.Analysis;
using MoocPlatform.Quizzes.Domain;
using MoocPlatform.Quizzes.Grading;
using MoocPlatform.Quizzes.Persistence;

namespace MoocPlatform.Quizzes.Features.Analysing;

/// <summary>Reads the submitted attempts of a quiz in a run, one after the other, into a class book.</summary>
internal sealed class ClassReader(QuizzesDb db)
{
    private readonly Dictionary<Guid, (Guid Question, QuestionBody Body)> versions = [];

    public async Task<ClassBook> Read(Guid runId, Guid itemId, Counted counted, CancellationToken ct)
    {
        await Versions(itemId, ct);
        var book = new ClassBook();
        var learner = new List<Attempt>();
        var attempts = db.Attempts.AsNoTracking().Where(a => a.RunId == runId && a.ItemId == itemId && a.SubmittedAt != null)
            .OrderBy(a => a.LearnerId).ThenBy(a => a.Number).AsAsyncEnumerable();
        await foreach (var attempt in attempts.WithCancellation(ct))
        {
            if (learner.Count > 0 && learner[0].LearnerId != attempt.LearnerId)
                Add(book, learner, counted);
            learner.Add(attempt);
        }

        Add(book, learner, counted);
        return book;
    }

    // Only of the course: a sheet holds nothing else.
    private async Task Versions(Guid itemId, CancellationToken ct)
    {
        var kept = await (
            from version in db.Versions.AsNoTracking()
            join question in db.Set<Question>() on version.QuestionId equals question.Id
            join quiz in db.Quizzes on question.QuizId equals quiz.Id
            where db.Quizzes.Any(q => q.Id == itemId && q.CourseId == quiz.CourseId)
            select new { version.Id, version.QuestionId, version.Body }).ToListAsync(ct);
        foreach (var version in kept)
            versions[version.Id] = (version.QuestionId, QuestionBody.Of(version.Body));
    }

    private void Add(ClassBook book, List<Attempt> learner, Counted counted)
    {
        IEnumerable<Attempt> chosen = counted switch
        {
            _ when learner.Count == 0 => [],
            Counted.First => [learner[0]],
            Counted.Last => [learner[^1]],
            Counted.Best => [learner.MaxBy(a => a.Points == 0 ? 0 : (a.Score ?? 0) / a.Points)!],
            _ => learner,
        };
        foreach (var attempt in chosen)
            book.Add([.. attempt.Sheet.Questions.Zip(attempt.Held).Select(Entry)]);
        learner.Clear();
    }

    private BookEntry Entry((SheetQuestion Asked, Held? Held) of)
    {
        var (question, body) = versions[of.Asked.Version];
        body = of.Asked.Points is { } points && points != body.Points ? body with { Points = points } : body;
        return new BookEntry(of.Asked.Slot, question, of.Asked.Version, body, of.Held?.Answer, of.Held?.Fraction ?? 0);
    }
}
