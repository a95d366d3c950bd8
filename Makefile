# 两条命令：make site 生成网站，make test 运行全部测试。
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
RUN := $(BIN)/python
PIP := $(RUN) -m pip install --quiet --disable-pip-version-check
JOBS ?= 2

.PHONY: site test check serve lint clean lock help bench bench-lighthouse fuzz soak soak-calls soak-edits soak-serve payloads look audit

help: ## 列出可用的命令
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

site: $(VENV)/.runtime ## 装好环境，由 content/ 生成 output/
	@$(RUN) -m generator build

test: $(VENV)/.dev ## 装好测试环境，检查并运行全部测试
	@$(RUN) -m ruff check generator tests
	@$(RUN) -m ruff format --check generator tests
	@$(RUN) -m mypy
	@$(RUN) -m pytest -n $(JOBS) --dist loadgroup

lint: $(VENV)/.dev ## 只做 ruff、mypy 与 oxlint
	@$(RUN) -m ruff check generator tests
	@$(RUN) -m ruff format --check generator tests
	@$(RUN) -m mypy
	@$(VENV)/bin/oxlint -c .oxlintrc.json templates/static

check: $(VENV)/.runtime ## 检查全部内容
	@$(RUN) -m generator check

serve: $(VENV)/.runtime ## 本机预览
	@$(RUN) -m generator serve

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "需要 Python 3.11 或更新的版本")'
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV); \
		$(PYTHON) -m venv --without-pip $(VENV) && echo "本机缺 venv/ensurepip，请先装：apt-get install python3-venv" >&2 && rm -rf $(VENV) && exit 1; }
	@touch $@

$(VENV)/.runtime: requirements.lock pyproject.toml setup.py $(VENV)/.created
	@echo "正在准备运行环境（只在第一次或依赖变动时）……"
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(RUN) -c "import pathlib, generator.app.conductors as build; build.prepare(pathlib.Path('.'))"
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "正在准备测试环境（只在第一次或依赖变动时）……"
	@$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

BENCH_TASKS ?= 140 1000 10000 30000
bench: $(VENV)/.dev ## 量速度：数字、图表、搜索、读入计划、规模（机器空闲时跑）
	@$(RUN) -m tests.bench.prose_numbers
	@$(RUN) -m tests.bench.charts
	@$(RUN) -m tests.bench.search
	@$(RUN) -m tests.bench.plan
	@$(RUN) -m tests.bench.speed $(BENCH_TASKS)

bench-lighthouse: $(VENV)/.dev ## Lighthouse 评分（需要 node 和 lighthouse）
	@$(RUN) -m tests.bench.lighthouse

FUZZ_COUNT ?= 10000
FUZZ_FORMATS ?= txt md csv html mhtml docx xlsx xls ods pdf doc rtf odt
fuzz: $(VENV)/.dev ## 每种格式读一万个弄坏的文件
	@for format in $(FUZZ_FORMATS); do \
		$(RUN) -m tests.fuzz.fuzz_sources --count $(FUZZ_COUNT) --format $$format || exit 1; done

soak: $(VENV)/.dev ## 各命令每一步杀掉一次，共一千次以上；换网站时读一百万次
	@$(RUN) -m tests.soak.kills
	@$(RUN) -m tests.soak.writers

soak-calls: $(VENV)/.dev ## 让各命令的每一个磁盘调用各失败一次
	@$(RUN) -m tests.soak.failing_calls
	@$(RUN) -m tests.soak.failing_calls --no-exchange --command build rollback

soak-edits: $(VENV)/.dev ## 随意改五百次，每次都与从头生成的逐字节相同
	@$(RUN) -m tests.soak.edits

payloads: $(VENV)/.dev ## 五百多种企图变成代码的文字，放进每个字段和每种来源格式，在 Chromium 里逐页打开
	@$(RUN) -m tests.trust.hostile_visits

look: $(VENV)/.dev ## 每种页面在各种宽度、深色、长辈版和纸上的样子，存到 artifacts/screenshots
	@$(RUN) -m tests.browser.screenshots

soak-serve: $(VENV)/.dev ## 预览中连续保存五百次：不漏内存和句柄，最后与重新生成的一样
	@$(RUN) -m tests.soak.preview 500

audit: $(VENV)/.created ## 对照漏洞库检查全部依赖（连不上时大声跳过）
	@$(PYTHON) -m venv $(VENV)/audit && $(VENV)/audit/bin/pip install --quiet --disable-pip-version-check pip-audit
	@told=$$($(VENV)/audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --strict 2>&1); code=$$?; \
		echo "$$told" | tail -40; \
		if [ $$code -ne 0 ] && ! echo "$$told" | grep -q "known vulnerabilit"; then \
		echo "!!! 跳过：漏洞库没有查成，以上依赖都没有对照 !!!" >&2; else exit $$code; fi

lock: ## 更新依赖锁定文件（需要 uv）
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --python-version 3.11 \
		--custom-compile-command "make lock" --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean: ## 删去生成物（不动 content/）
	rm -rf output/* .cache build *.egg-info .pytest_cache .mypy_cache .ruff_cache
