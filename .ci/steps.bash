# What .ci/run and .ci/full share: steps that are timed, and what they install.
# shellcheck shell=bash

export CI=true
work=$(mktemp -d)
chmod 755 "$work" # another user may run the tests, too
table=""
step_name=""
step_start=0

# Ends the last step and begins one with this name.
step() {
  end_step "done"
  step_name=$*
  step_start=$SECONDS
  printf '\n== %s\n' "$step_name"
}

# Prints how long the step took; says in the table how it ended.
end_step() {
  if [[ -n $step_name ]]; then
    local line
    line=$(printf '%-26s %5d s  %s' "$step_name" $((SECONDS - step_start)) "$1")
    printf -- '-- %s\n' "$line"
    table+="$line"$'\n'
  fi
  step_name=""
}

print_table() {
  printf '\n%s%-26s %5d s\n' "$table" "all" "$SECONDS"
}

# What Anki's desktop program asks of Debian.
qt=(fonts-dejavu fonts-liberation libasound2 libegl1 libgbm1 libgl1 libnss3 libopengl0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 libxcomposite1
  libxdamage1 libxkbcommon-x11-0 libxkbfile1 libxrandr2 libxtst6)

# Installs the programs that tests look with; nothing where they are there.
programs() {
  local missing=() library
  command -v chromium >/dev/null || missing+=(chromium)
  command -v firefox-esr >/dev/null || missing+=(firefox-esr)
  command -v pdftotext >/dev/null || missing+=(poppler-utils)
  command -v java >/dev/null || missing+=(default-jre-headless)
  command -v xvfb-run >/dev/null || missing+=(xvfb xauth)
  for library in "${qt[@]}"; do
    dpkg -s "$library" >/dev/null 2>&1 || missing+=("$library")
  done
  python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
  if ((${#missing[@]})); then
    if [[ $(id -u) != 0 ]]; then
      echo "missing: ${missing[*]}; install them, or run this as root" >&2
      return 2
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      "${missing[@]}" >/dev/null
  fi
}

# Installs Anki's desktop program. It is under the AGPL and GPL: an environment of its
# own, and a program of its own.
anki() {
  python3 -m venv "$work/anki"
  "$work/anki/bin/python" -m pip install -q aqt==26.9.3 PyQt6==6.11.0 PyQt6-WebEngine==6.11.0
}

# Installs the older versions of Anki that updates are tried in, each into an environment
# of its own.
older_ankis() {
  local version
  export ANKI_ENVIRONMENTS=$work/ankis
  for version in 23.12.1 24.11 25.9.2; do
    python3 -m venv "$ANKI_ENVIRONMENTS/$version"
    "$ANKI_ENVIRONMENTS/$version/bin/python" -m pip install -q "anki==$version"
  done
}
