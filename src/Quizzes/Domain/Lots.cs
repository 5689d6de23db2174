using MoocPlatform.Quizzes.Grading;

namespace MoocPlatform.Quizzes.Domain;

/// <summary>A question that an attempt will have.</summary>
/// <param name="Body">Worth what it is worth at its place.</param>
/// <param name="Slot">The name of the place for which it was drawn; null: everybody has it.</param>
internal sealed record AskedQuestion(Guid Version, QuestionBody Body, string? Slot = null);

/// <summary>A question that may be drawn.</summary>
internal sealed record Ticket(Guid Question, Guid Version);

/// <summary>A place in a quiz.</summary>
/// <param name="Question">The question that stands there, or the draw.</param>
/// <param name="Tickets">What may be drawn; null: nothing is drawn here.</param>
internal sealed record QuizPlace(Guid Question, Guid Version, QuestionBody Body, IReadOnlyList<Ticket>? Tickets = null);

/// <summary>What was found for a place.</summary>
/// <param name="Slot">Null: it was not drawn.</param>
/// <param name="Points">Null: what its version says.</param>
internal sealed record Lot(Guid Version, string? Slot, decimal? Points);

/// <summary>Draws the questions of an attempt: a pure function of its seed and of what may be drawn.</summary>
internal static class Lots
{
    // Another stream than that of options and numbers: which question came says nothing of how it is shuffled.
    private const int Stream = 0x2545F491;

    /// <summary>The random end of a version 7 key.</summary>
    public static int SeedOf(Guid key) => BitConverter.ToInt32(key.ToByteArray(), 12);

    /// <summary>No question stands on a sheet twice: neither drawn for two places, nor drawn and asked by itself.</summary>
    /// <exception cref="Kernel.Refused">There are too few questions.</exception>
    public static IReadOnlyList<Lot> Draw(int seed, IReadOnlyList<QuizPlace> places)
    {
        var random = new Random(seed ^ Stream);
        var taken = places.Select(p => p.Question).ToHashSet();
        var lots = new List<Lot>(places.Count);
        foreach (var place in places)
        {
            if (place.Body is not Grading.Draw draw)
            {
                lots.Add(new(place.Version, null, null));
                continue;
            }

            Ticket[] free = [.. (place.Tickets ?? []).Where(t => !taken.Contains(t.Question)).OrderBy(t => t.Question)];
            if (free.Length < draw.Count)
                throw Refusals.TooFewToDraw();
            random.Shuffle(free);
            foreach (var (ticket, i) in free.Take(draw.Count).Select((t, i) => (t, i)))
            {
                taken.Add(ticket.Question);
                lots.Add(new(ticket.Version, $"{place.Question:N}.{i}", draw.Points));
            }
        }

        return lots;
    }
}
