namespace Shanhuo.Surveys.FigureAudit;

/// <summary>All values that a printed figure can stand for: closed interval arithmetic (R. E. Moore, Interval Analysis, 1966, chapter 2).</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end, at least <paramref name="Low"/>.</param>
internal readonly record struct Span(decimal Low, decimal High)
{
    /// <summary>The end of "more than"; above every figure that the table takes.</summary>
    public const decimal Endless = 1e18m;

    public static Span Exactly(decimal value) => new(value, value);

    public decimal Middle => Low + (High - Low) / 2;

    public bool IsExact => Low == High;

    public bool Meets(Span other) => Low <= other.High && other.Low <= High;

    public static Span operator +(Span a, Span b) => new(a.Low + b.Low, a.High + b.High);

    public static Span operator -(Span a, Span b) => new(a.Low - b.High, a.High - b.Low);

    public static Span operator *(Span a, Span b)
    {
        var (p, q, r, s) = (a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High);
        return new(Math.Min(Math.Min(p, q), Math.Min(r, s)), Math.Max(Math.Max(p, q), Math.Max(r, s)));
    }

    /// <summary>The quotient; null where the divisor can be zero.</summary>
    public static Span? Divide(Span a, Span b) => b.Low <= 0 && b.High >= 0 ? null : a * new Span(1 / b.High, 1 / b.Low);
}
