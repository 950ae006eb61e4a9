/** Behind the title: a moon, ridges in mist, and a blade standing before it. Ink on night. */
export function DojoScene() {
  return (
    <svg
      aria-hidden="true"
      className="absolute inset-x-0 top-[-50vw] -z-10 h-[200vw] w-full lg:top-0 lg:h-full"
      viewBox="0 0 400 800"
      preserveAspectRatio="xMidYMid slice"
    >
      <defs>
        <linearGradient id="night" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#10131a" />
          <stop offset="0.55" stopColor="#1d2733" />
          <stop offset="1" stopColor="#14171c" />
        </linearGradient>
        <linearGradient id="edge" x1="0" y1="0" x2="1" y2="0">
          <stop offset="0" stopColor="#6f7c86" />
          <stop offset="0.5" stopColor="#d5dee3" />
          <stop offset="1" stopColor="#f4f8fa" />
        </linearGradient>
        <linearGradient id="foot" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#14171c" stopOpacity="0" />
          <stop offset="0.55" stopColor="#14171c" stopOpacity="0.96" />
        </linearGradient>
      </defs>
      <rect width="400" height="800" fill="url(#night)" />
      <circle cx="262" cy="330" r="112" fill="#b8382b" />
      <circle cx="262" cy="330" r="136" fill="none" stroke="#b8382b" strokeOpacity="0.28" strokeWidth="2" />
      <path d="M-10 520 60 440l46 52 70-96 66 88 52-58 64 78 62-40v300H-10z" fill="#1a232d" />
      <path d="M-10 570 70 510l62 46 84-74 72 66 56-36 66 46v280H-10z" fill="#161d25" />
      <g stroke="#8d9aa5" strokeOpacity="0.25" strokeWidth="2" fill="none" strokeLinecap="round">
        <path d="M20 470h150a9 9 0 0 1 0 18h-60M230 500h140a8 8 0 0 1 0 16h-50M-10 545h120" />
      </g>
      <g transform="translate(140 130) rotate(9)">
        <path d="M0 400C-9 250-6 110 13 0c5 9 8 18 8 26C8 140 6 260 15 400z" fill="url(#edge)" />
        <path d="M5 396C-2 260 2 130 16 24" fill="none" stroke="#15181c" strokeOpacity="0.35" strokeWidth="1.2" />
        <rect x="-22" y="398" width="60" height="9" rx="4.5" fill="#c9a24b" />
        <rect x="-2" y="407" width="19" height="112" rx="4" fill="#2a3440" />
        <path
          d="m-2 420 19 14m0-14-19 14m0 12 19 14m0-14-19 14m0 12 19 14m0-14-19 14m0 12 19 14m0-14-19 14"
          stroke="#aeb9c2"
          strokeOpacity="0.55"
          strokeWidth="2"
        />
        <rect x="-4" y="515" width="23" height="9" rx="3" fill="#c9a24b" />
      </g>
      <rect y="480" width="400" height="320" fill="url(#foot)" />
    </svg>
  );
}
