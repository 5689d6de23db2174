namespace MoocPlatform.Quizzes.Analysis;

/// <summary>
/// Computes the statistics of a class: a pure function of its marks, O(questions × attempts × log attempts). The order in which
/// attempts were added does not count, but for who of those with equal scores stands in which quarter.
/// </summary>
internal static class Analyst
{
    private const int Parts = 4;

    public static QuizAnalysis Analyse(ClassBook book)
    {
        var totals = book.Totals();
        var slots = book.Slots.Select(s => (Slot: s, Marks: s.Marks(book.Rows))).ToList();
        var points = slots.Sum(s => s.Slot.Points);
        var variance = Sample.Variance(totals);

        // Rounding can leave a hair above 100.
        var alpha = slots.Count > 1 && variance is > 0
            ? Math.Min(100, 100d * slots.Count / (slots.Count - 1) * (1 - (slots.Sum(s => Sample.Variance(s.Marks)!.Value) / variance.Value)))
            : (double?)null;
        var error = alpha is { } consistency ? 100 * Math.Sqrt(1 - (consistency / 100)) : (double?)null;
        var spread = variance is { } v ? Math.Sqrt(v) : (double?)null;

        var roots = slots.ConvertAll(s => Sample.Covariance(s.Marks, totals) is >= 0 and var c ? Math.Sqrt(c) : (double?)null);
        var sum = roots.Sum() ?? 0;
        var quarters = Quarters(totals);
        var questions = new List<QuestionAnalysis>();
        var told = new HashSet<Guid>(); // a question may be drawn for one place here and for another there
        for (var i = 0; i < slots.Count; i++)
        {
            var weight = sum > 0 ? 100 * roots[i] / sum : null;
            questions.AddRange(book.Questions.Where(q => slots[i].Slot.Questions.Contains(q.Question) && told.Add(q.Question))
                .Select(q => Question(q, i + 1, points, q.Drawn ? null : weight, totals, quarters)));
        }

        return new QuizAnalysis
        {
            Attempts = book.Rows,
            Points = points,
            Mean = Sample.Mean(totals),
            Median = Sample.Median(totals),
            StandardDeviation = spread,
            Skewness = Sample.Skewness(totals),
            Kurtosis = Sample.Kurtosis(totals),
            Consistency = alpha,
            ErrorRatio = error,
            StandardError = error * spread / 100,
            Histogram = Histogram(totals, points),
            Questions = questions,
        };
    }

    private static QuestionAnalysis Question(QuestionColumn column, int slot, double points, double? weight, double[] totals, int[] quarters)
    {
        var marks = column.Marks;
        var most = (double)column.Body.Points;
        var (all, rest) = (new double[column.Count], new double[column.Count]);
        for (var i = 0; i < column.Count; i++)
        {
            all[i] = totals[column.Row(i)];
            rest[i] = column.Drawn ? all[i] : Math.Round(all[i] - marks[i], 9);
        }

        var covariance = Sample.Covariance(marks, rest);
        var (variance, restVariance) = (Sample.Variance(marks), Sample.Variance(rest));
        return new QuestionAnalysis
        {
            Question = column.Question,
            Version = column.Version,
            Slot = slot,
            Drawn = column.Drawn,
            Attempts = column.Count,
            Points = most,
            Facility = most > 0 ? 100 * Sample.Mean(marks) / most : null,
            StandardDeviation = most > 0 && variance is { } v ? 100 * Math.Sqrt(v) / most : null,
            RandomGuess = Guess.Of(column.Body) is { } guess ? 100 * (double)guess : null,
            IntendedWeight = points > 0 ? 100 * most / points : null,
            EffectiveWeight = weight,
            Discrimination = variance is > 0 && restVariance is > 0 ? Math.Clamp(100 * covariance!.Value / Math.Sqrt(variance.Value * restVariance.Value), -100, 100) : null,
            Efficiency = covariance is { } c && Sample.BestCovariance(marks, rest) is { } best && best != 0 ? Math.Min(100, 100 * c / best) : null,
            Responses = Counts(column, quarters),
            Quarters = QuarterSizes(column, quarters),
        };
    }

    private static List<ResponseCount> Counts(QuestionColumn column, int[] quarters)
    {
        var names = column.Names.All;
        var counts = new int[names.Count][];
        for (var r = 0; r < counts.Length; r++)
            counts[r] = new int[Parts];
        for (var i = 0; i < column.Count; i++)
        {
            var (bits, quarter) = (column.Given[i], quarters[column.Row(i)]);
            for (; bits != 0; bits &= bits - 1)
                counts[System.Numerics.BitOperations.TrailingZeroCount(bits)][quarter]++;
        }

        return [.. names.Select((n, r) => new ResponseCount(n.Kind, n.Words, n.Worth, counts[r])).Where(c => c.Kind is ResponseKind.Option or ResponseKind.Key || c.Count > 0)];
    }

    private static int[] QuarterSizes(QuestionColumn column, int[] quarters)
    {
        var sizes = new int[Parts];
        for (var i = 0; i < column.Count; i++)
            sizes[quarters[column.Row(i)]]++;
        return sizes;
    }

    // 0: the best quarter of the class by score. Equal scores stand in the order of the book.
    private static int[] Quarters(double[] totals)
    {
        var order = Enumerable.Range(0, totals.Length).ToArray();
        Array.Sort(order, (a, b) => totals[b].CompareTo(totals[a]) is not 0 and var by ? by : a.CompareTo(b));
        var quarters = new int[totals.Length];
        for (var place = 0; place < order.Length; place++)
            quarters[order[place]] = (int)((long)place * Parts / order.Length);
        return quarters;
    }

    private static int[] Histogram(double[] totals, double points)
    {
        var bins = new int[10];
        foreach (var total in totals)
            bins[points > 0 ? Math.Clamp((int)Math.Floor((total * 10 / points) + 1e-9), 0, 9) : 0]++;
        return bins;
    }
}
